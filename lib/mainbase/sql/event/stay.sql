SELECT person_id, 'stay' AS category, ghm AS code, 1 AS value, first_day, last_day FROM stay
