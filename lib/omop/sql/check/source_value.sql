-- Distinct source values, none being one, with a concept 0 in some row; of all of them.
SELECT count(*) FILTER (WHERE zeros > 0), count(*)
FROM (
	SELECT t.@field@ AS v, count(*) FILTER (WHERE t.@other@ = 0) AS zeros
	FROM @table@ AS t GROUP BY t.@field@
) AS source_values
