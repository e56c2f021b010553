-- DuckDB only: its conditions are macros over cells as text.
-- @present@: the key is whole; @key@: the key as one value
-- out: rows with a whole key, and how many of them repeat one
SELECT CAST(count(*) AS BIGINT), CAST(count(*) - count(DISTINCT k) AS BIGINT)
FROM (SELECT @key@ AS k FROM @relation@ WHERE @present@)
