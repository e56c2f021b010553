-- DuckDB only: asks its catalogue.
-- @relation@: what stands behind FROM
-- out: names and types of its columns, in order
SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM @relation@)
