-- in: observation_period
-- out: the first and the last day of all observation, NULL when there is none
SELECT CAST(min(observation_period_start_date) AS DATE),
	CAST(max(observation_period_end_date) AS DATE)
FROM observation_period
