SELECT person_id, 'drug' AS category, code, boxes AS value, day AS first_day, day AS last_day
FROM drug
