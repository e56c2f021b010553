SELECT person_id, 'associated_diagnosis' AS category, code, 1 AS value, first_day, last_day
FROM diagnosis WHERE position = 'ASS_DGN'
