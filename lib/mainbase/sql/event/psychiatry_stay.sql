SELECT person_id, 'psychiatry_stay' AS category, kind AS code, 1 AS value, first_day, last_day
FROM psychiatry_stay
