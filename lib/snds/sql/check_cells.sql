-- DuckDB only: its conditions are macros over cells as text.
-- @counts@: aggregates over the table; @marks@: ", ... AS name" that they use
-- out: rows, then what @counts@ says
SELECT CAST(count(*) AS BIGINT) @counts@
FROM (SELECT * @marks@ FROM @relation@)
