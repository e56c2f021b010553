-- true: several persons have this pseudonym and none of them the rank of birth.
-- In: how many persons, the person of that rank (NULL: none).
CREATE MACRO drop_shared_pseudonym(persons, person_of_rank) AS
coalesce(persons, 0) > 1 AND person_of_rank IS NULL;
