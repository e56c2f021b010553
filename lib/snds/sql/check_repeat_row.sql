-- DuckDB only: names rows of the file by their number.
-- @present@: the key is whole; @key@: the key as one value
-- out: the number of the first row whose key stood in an earlier one
SELECT CAST(min(numbered.n) AS BIGINT)
FROM (SELECT row_number() OVER () AS n, @key@ AS k, @present@ AS whole FROM @relation@) AS numbered
JOIN (
	SELECT k, min(n) AS first
	FROM (SELECT row_number() OVER () AS n, @key@ AS k, @present@ AS whole FROM @relation@)
	WHERE whole
	GROUP BY k
	HAVING count(*) > 1
) AS repeated ON numbered.k = repeated.k AND numbered.n > repeated.first
WHERE numbered.whole
