SELECT person_id, 'unit_principal_diagnosis' AS category, principal AS code, 1 AS value,
	first_day, last_day
FROM unit_stay WHERE principal IS NOT NULL
