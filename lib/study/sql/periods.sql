-- in: observation_period
-- out: person_id, start, end, by person and time
SELECT person_id::BIGINT, observation_period_start_date::DATE, observation_period_end_date::DATE
FROM observation_period
ORDER BY 1, 2, 3
