-- DuckDB only: EXISTS (FROM ...) and functions of rules are its own.
-- @condition@, @table@: as in rule_rows.sql; $most: how many
-- out: the lowest rows of which it is false
SELECT n
FROM (SELECT self.n AS n, CAST(@condition@ AS BOOLEAN) AS truth FROM @table@ AS self)
WHERE NOT truth
ORDER BY n NULLS LAST
LIMIT CAST($most AS BIGINT)
