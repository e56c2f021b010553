SELECT person_id, 'consultation' AS category, CAST(nature AS STRING) AS code, 1 AS value,
	day AS first_day, day AS last_day
FROM consultation
