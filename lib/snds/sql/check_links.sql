-- DuckDB only: its conditions are macros over cells as text.
-- @child@: a relation; @present@, @key@: its key is whole, and as one value; in: snds_parent
-- out: rows of the child with a whole key, and how many point at nothing
SELECT CAST(count(*) AS BIGINT), CAST(count(*) FILTER (WHERE NOT found) AS BIGINT)
FROM (SELECT @key@ IN (SELECT k FROM snds_parent) AS found FROM @child@ WHERE @present@)
