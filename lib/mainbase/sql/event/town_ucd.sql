SELECT person_id, 'town_ucd' AS category, code, CAST(round(quantity) AS BIGINT) AS value,
	day AS first_day, day AS last_day
FROM town_ucd
