-- in: observation_period
-- out: person_id, start, end, by person and time
SELECT CAST(person_id AS BIGINT), CAST(observation_period_start_date AS DATE),
	CAST(observation_period_end_date AS DATE)
FROM observation_period
ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
