-- Rows whose key is not in the other table, of all rows.
SELECT (SELECT count(*) FROM @table@ AS t
		WHERE t.@field@ IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM @other_table@ AS o WHERE o.@other@ = t.@field@)),
	(SELECT count(*) FROM @table@)
