SELECT person_id, 'ald' AS category, code, 1 AS value, first_day, last_day FROM ald
