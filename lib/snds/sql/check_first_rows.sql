-- DuckDB only: names rows of the file by their number.
-- @firsts@: min(n) of the rows for which a condition holds; @marks@ as in check_cells.sql
-- out: numbers of rows, from 1
SELECT @firsts@
FROM (SELECT row_number() OVER () AS snds_row, * @marks@ FROM @relation@)
