-- DuckDB only: asks its catalogue.
-- @relation@: what stands behind FROM; $column: a name, in any case
SELECT count(*) FROM (DESCRIBE SELECT * FROM @relation@)
WHERE lower(column_name) = lower($column)
