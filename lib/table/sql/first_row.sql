-- DuckDB only: names rows of the file by their number.
-- @relation@: what stands behind FROM; @condition@: over its columns
-- out: the number of the first row, from 1, for which it holds; 0 when none
SELECT coalesce(min(n), 0)::BIGINT
FROM (SELECT row_number() OVER () AS n, * FROM @relation@)
WHERE @condition@
