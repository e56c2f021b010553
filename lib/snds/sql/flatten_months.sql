-- DuckDB only: it asks where in a file the rows stand.
-- @view@: a table of DCIR. Out: each flux month (year * 100 + month; 0: none), its rows, and how
-- many rows lie between its first and its last one.
SELECT CAST(flux AS BIGINT), count(*), CAST(max(n) - min(n) + 1 AS BIGINT)
FROM (
	SELECT coalesce(year(FLX_DIS_DTD) * 100 + month(FLX_DIS_DTD), 0) AS flux,
		row_number() OVER () AS n
	FROM @view@
) AS placed
GROUP BY flux
ORDER BY flux
