-- Persons with two periods that overlap or touch, of those with a period.
SELECT (SELECT count(DISTINCT a.person_id)
		FROM @table@ AS a JOIN @table@ AS b
			ON a.person_id = b.person_id
			AND a.observation_period_id <> b.observation_period_id
		WHERE a.observation_period_start_date
				<= b.observation_period_end_date + INTERVAL 1 DAY
			AND b.observation_period_start_date
				<= a.observation_period_end_date + INTERVAL 1 DAY),
	(SELECT count(DISTINCT person_id) FROM @table@)
