-- One month, flat: line i holds the i-th line of each child. In: @owned@, line, @joins@ (one
-- LEFT JOIN a child), @kept@ (a condition), @columns@. The order decides all ties.
WITH checked AS (
	SELECT *, @filters_prs@ AS filter FROM @owned@ AS owned
), lined AS (
	SELECT r.*, coalesce(a.line, 1) AS line
	FROM checked AS r
	LEFT JOIN line AS a ON @same_care@
	WHERE @kept@
)
SELECT @columns@
FROM lined AS r
@joins@
ORDER BY r.person_id NULLS LAST, r.EXE_SOI_DTD NULLS LAST, @key_order@, r.line NULLS LAST
