-- in: observation_period
-- out: the first and the last day of all observation, NULL when there is none
SELECT min(observation_period_start_date)::DATE, max(observation_period_end_date)::DATE
FROM observation_period
