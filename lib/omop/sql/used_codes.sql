-- Every code that the outputs name, with how often. In: condition, drug, visit_act, person.
SELECT vocabulary, code, count(*) AS rows
FROM (
	SELECT 'CIM10' AS vocabulary, code FROM condition
	UNION ALL
	SELECT 'CIM10', cause FROM person WHERE cause IS NOT NULL
	UNION ALL
	SELECT 'CIP13', code FROM drug
	UNION ALL
	SELECT 'CCAM', code FROM visit_act
) AS used
GROUP BY vocabulary, code
ORDER BY vocabulary NULLS LAST, code NULLS LAST
