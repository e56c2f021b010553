-- Rows with a person of another gender, and all rows, of each check.
SELECT k.number,
	CAST(sum(CASE k.wanted WHEN 'Male' THEN u.not_male ELSE u.not_female END) AS BIGINT),
	CAST(sum(u.n) AS BIGINT)
FROM (
	SELECT number, table_name, field, wanted, concept_id FROM concept_check
	WHERE kind = 'plausibleGender'
	UNION ALL
	SELECT k.number, k.table_name, k.field, k.wanted, a.descendant_concept_id
	FROM concept_check AS k
	JOIN cdm_concept_ancestor AS a ON a.ancestor_concept_id = k.concept_id
	WHERE k.kind = 'plausibleGenderUseDescendants'
) AS k
JOIN gender_used AS u ON u.table_name = k.table_name AND u.field = k.field
	AND u.concept_id = k.concept_id
GROUP BY k.number ORDER BY k.number NULLS LAST
