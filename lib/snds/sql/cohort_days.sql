-- Where @earlier@ days with events stand before one, the first of them at most @within@ days
-- before it. Out: @table@ (person_id, first_day, last_day), both the day @dated@.
CREATE TABLE @table@ AS
SELECT DISTINCT person_id, @dated@ AS first_day, @dated@ AS last_day
FROM (
	SELECT person_id, first_day AS reached,
		lag(first_day, @earlier@) OVER (PARTITION BY person_id
			ORDER BY first_day NULLS LAST) AS start
	FROM (SELECT DISTINCT person_id, first_day FROM @from@) AS days
) AS runs
WHERE start IS NOT NULL AND CAST(reached - start AS INTEGER) <= @within@;
