-- Persons without an era, of those with a condition that is mapped.
SELECT count(*) FILTER (WHERE NOT EXISTS (
		SELECT 1 FROM @table@ AS t WHERE t.person_id = c.person_id)), count(*)
FROM (
	SELECT DISTINCT person_id FROM cdm_condition_occurrence
	WHERE condition_concept_id <> 0 AND person_id IS NOT NULL
) AS c
