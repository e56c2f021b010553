-- One pass over a table: how often each concept stands in each of its fields.
-- @fields@: them; @sets@: each in brackets; @cases@: its name when it is the one grouped by.
INSERT INTO concept_used
SELECT '@name@', field, concept_id, n
FROM (
	SELECT CASE @cases@ END AS field, coalesce(@fields@) AS concept_id, count(*) AS n
	FROM @table@ AS t GROUP BY GROUPING SETS (@sets@)
) AS grouped
WHERE concept_id IS NOT NULL
