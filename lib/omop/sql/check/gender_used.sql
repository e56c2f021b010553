-- How often the concepts that belong to one gender occur, and with whom: the checks name them
-- or an ancestor of them.
INSERT INTO gender_used
SELECT '@name@', '@field_name@', t.@field@, count(*),
	count(*) FILTER (WHERE p.gender_concept_id <> 8507),
	count(*) FILTER (WHERE p.gender_concept_id <> 8532)
FROM @table@ AS t LEFT JOIN cdm_person AS p ON p.person_id = t.person_id
WHERE t.@field@ IN (
	SELECT concept_id FROM concept_check WHERE kind = 'plausibleGender'
	UNION ALL
	SELECT a.descendant_concept_id
	FROM cdm_concept_ancestor AS a
	JOIN concept_check AS k ON k.concept_id = a.ancestor_concept_id
	WHERE k.kind = 'plausibleGenderUseDescendants')
GROUP BY t.@field@
