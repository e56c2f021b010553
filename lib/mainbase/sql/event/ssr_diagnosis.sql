SELECT person_id, 'ssr_diagnosis' AS category, code, 1 AS value, first_day, last_day
FROM ssr_diagnosis
