-- One month, flat: line i holds the i-th line of each child. In: @owned@, @line@ (of the row; with
-- @line_join@ where rows have several), @joins@ (one LEFT JOIN a child), @kept@ (a condition),
-- @columns@. The order decides all ties.
WITH checked AS (
	SELECT *, @filters_prs@ AS filter FROM @owned@ AS owned
), lined AS (
	SELECT r.*, @line@ AS line
	FROM checked AS r
	@line_join@
	WHERE @kept@
)
SELECT @columns@
FROM lined AS r
@joins@
ORDER BY r.person_id NULLS LAST, r.EXE_SOI_DTD NULLS LAST, @key_order@, r.line NULLS LAST
