SELECT person_id, 'outpatient_fee' AS category, code, CAST(round(quantity) AS BIGINT) AS value,
	day AS first_day, day AS last_day
FROM outpatient_fee
