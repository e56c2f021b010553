-- Events that stand more than @days@ days behind the one before. Out: @table@ (person_id,
-- first_day, last_day).
CREATE TABLE @table@ AS
SELECT person_id, first_day, last_day
FROM (
	SELECT person_id, first_day, last_day,
		lag(first_day) OVER (PARTITION BY person_id ORDER BY first_day NULLS LAST) AS before
	FROM (
		SELECT person_id, first_day, max(last_day) AS last_day FROM @from@
		GROUP BY person_id, first_day
	) AS days
) AS following
WHERE before IS NULL OR CAST(first_day - before AS INTEGER) > @days@;
