-- With which units the checked concepts have a value.
INSERT INTO unit_used
SELECT '@name@', '@field_name@', t.@field@, t.unit_concept_id, count(*)
FROM @table@ AS t
WHERE t.value_as_number IS NOT NULL AND t.unit_source_value IS NOT NULL AND t.@field@ IN (
	SELECT concept_id FROM concept_check WHERE kind = 'plausibleUnitConceptIds')
GROUP BY t.@field@, t.unit_concept_id
