-- DuckDB only: rows in the order of the file.
-- In: @relation@, @columns@: those to read, as text. Out: all rows in the order of the file.
SELECT @columns@ FROM @relation@
