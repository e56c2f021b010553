-- Rows whose key stands in another row too, of all rows.
SELECT CAST(coalesce(sum(n) FILTER (WHERE n > 1 AND k IS NOT NULL), 0) AS BIGINT),
	CAST(coalesce(sum(n), 0) AS BIGINT)
FROM (SELECT t.@field@ AS k, count(*) AS n FROM @table@ AS t GROUP BY t.@field@) AS keys
