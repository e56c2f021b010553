-- true: a better record of this death exists. In: its rank among those of the person.
CREATE MACRO drop_one_death(rank) AS rank > 1;
