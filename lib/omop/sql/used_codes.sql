-- Every code that the outputs name, with how often. In: condition, drug_row, procedure_row,
-- device_row, biology_row, professional, person,
-- death_cause.
SELECT vocabulary, code, count(*) AS rows
FROM (
	SELECT 'CIM10' AS vocabulary, code FROM condition
	UNION ALL
	SELECT 'CIM10', cause FROM person WHERE cause IS NOT NULL
	UNION ALL
	SELECT 'CIM10', code FROM death_cause
	UNION ALL
	SELECT vocabulary, code FROM drug_row
	UNION ALL
	SELECT 'CCAM', code FROM procedure_row
	UNION ALL
	SELECT 'LPP', code FROM device_row
	UNION ALL
	SELECT 'NABM', code FROM biology_row
	UNION ALL
	SELECT 'PS_SPE', specialty FROM professional WHERE specialty IS NOT NULL
) AS used
GROUP BY vocabulary, code
ORDER BY vocabulary NULLS LAST, code NULLS LAST
