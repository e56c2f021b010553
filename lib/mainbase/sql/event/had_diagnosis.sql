SELECT person_id, 'had_diagnosis' AS category, code, 1 AS value, first_day, last_day
FROM had_diagnosis
