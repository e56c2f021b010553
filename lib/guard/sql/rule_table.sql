-- DuckDB only: functions of rules are its own.
-- @condition@: a truth of all rows of self; @table@
-- out: 1 true, 0 false, nothing when it cannot be said
SELECT CAST(CAST(@condition@ AS BOOLEAN) AS INTEGER)
FROM @table@ AS self
