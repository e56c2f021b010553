-- A better record of this death exists. rank: among those of the person.
rank > 1
