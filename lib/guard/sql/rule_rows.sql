-- DuckDB only: EXISTS (FROM ...) and functions of rules are its own.
-- @condition@: a truth of one row of self; @table@
-- out: rows of which it can be said, and of which it is false
SELECT CAST(count(truth) AS BIGINT), CAST(count(*) FILTER (WHERE NOT truth) AS BIGINT)
FROM (SELECT CAST(@condition@ AS BOOLEAN) AS truth FROM @table@ AS self)
