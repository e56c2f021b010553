SELECT person_id, 'unit_related_diagnosis' AS category, related AS code, 1 AS value,
	first_day, last_day
FROM unit_stay WHERE related IS NOT NULL
