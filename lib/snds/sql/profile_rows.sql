-- Rows of a table. In: @table@.
SELECT count(*)::DOUBLE FROM @table@;
