-- Several persons have this pseudonym and none of them the rank of birth.
coalesce(persons, 0) > 1 AND person_of_rank IS NULL
