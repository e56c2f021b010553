-- In: flat_count. Out: the rows of each table by what became of them (filter NULL: they stayed).
SELECT name, filter, CAST(sum(rows) AS BIGINT) AS rows
FROM flat_count
GROUP BY name, filter
ORDER BY name NULLS LAST, filter NULLS FIRST
