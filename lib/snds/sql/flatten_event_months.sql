-- In: event, $first (the first day of the data). Out: the months in which events begin, and how
-- many; 0: before the data.
SELECT CAST(m AS BIGINT) AS m, count(*)
FROM (
	SELECT CASE WHEN first_day < $first THEN 0
		ELSE coalesce(year(first_day) * 100 + month(first_day), 0) END AS m
	FROM event
) AS begun
GROUP BY m
ORDER BY m NULLS LAST
