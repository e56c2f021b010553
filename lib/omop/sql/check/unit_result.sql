-- Rows with another unit than those listed (with any, when none is), and all rows, of each check.
SELECT k.number,
	CAST(coalesce(sum(u.n) FILTER (WHERE u.unit_id IS NOT NULL AND
		NOT contains(',' || coalesce(k.wanted, '') || ',',
			',' || CAST(u.unit_id AS STRING) || ',')), 0) AS BIGINT),
	CAST(sum(u.n) AS BIGINT)
FROM concept_check AS k
JOIN unit_used AS u ON u.table_name = k.table_name AND u.field = k.field
	AND u.concept_id = k.concept_id
WHERE k.kind = 'plausibleUnitConceptIds'
GROUP BY k.number ORDER BY k.number NULLS LAST
