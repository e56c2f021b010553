SELECT person_id, 'death' AS category, cause AS code, 1 AS value, death_date AS first_day,
	death_date AS last_day
FROM person WHERE death_date IS NOT NULL
