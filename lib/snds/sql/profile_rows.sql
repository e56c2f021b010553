-- Rows of a table. In: @table@.
SELECT CAST(count(*) AS DOUBLE) FROM @table@;
