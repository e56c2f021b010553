SELECT person_id, 'psychiatry_diagnosis' AS category, code, 1 AS value, first_day, last_day
FROM psychiatry_diagnosis
