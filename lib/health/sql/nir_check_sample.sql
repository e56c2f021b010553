-- DuckDB only: whatever columns a file has.
-- In: @relation@. Out: the first rows, every column as text under its name.
SELECT CAST(COLUMNS(*) AS VARCHAR) FROM @relation@ LIMIT 5000
