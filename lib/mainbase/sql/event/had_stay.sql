SELECT person_id, 'had_stay' AS category, kind AS code, 1 AS value, first_day, last_day
FROM had_stay
