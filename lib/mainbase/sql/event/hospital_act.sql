SELECT person_id, 'hospital_act' AS category, code, quantity AS value, day AS first_day,
	day AS last_day
FROM act
