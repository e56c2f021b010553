SELECT person_id, 'related_diagnosis' AS category, code, 1 AS value, first_day, last_day
FROM diagnosis WHERE position = 'DGN_REL'
