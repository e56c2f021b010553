SELECT person_id, 'hospital_drug' AS category, code, CAST(round(quantity) AS BIGINT) AS value,
	day AS first_day, day AS last_day
FROM hospital_drug
