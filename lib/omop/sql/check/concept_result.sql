-- Rows that violate each check of a concept field. A concept that is not marked standard is not
-- standard (DataQualityDashboard 626: earlier releases let these pass).
SELECT k.number, CAST(coalesce(sum(u.n) FILTER (WHERE CASE k.kind
		WHEN 'isForeignKey' THEN c.concept_id IS NULL
		WHEN 'fkDomain' THEN c.concept_id <> 0 AND c.domain_id <> k.wanted
		WHEN 'fkClass' THEN c.concept_id <> 0 AND c.concept_class_id <> k.wanted
		ELSE c.concept_id <> 0 AND (coalesce(c.standard_concept, '') <> 'S'
			OR c.invalid_reason IS NOT NULL) END), 0) AS BIGINT)
FROM concept_check AS k
JOIN concept_used AS u ON u.table_name = k.table_name AND u.field = k.field
LEFT JOIN concept_seen AS c ON c.concept_id = u.concept_id
WHERE k.concept_id IS NULL
GROUP BY k.number ORDER BY k.number NULLS LAST
