-- Codes as the outputs name them. In: code, code_target. Out: the view coded (vocabulary, code,
-- source_id: ours; concept_id: the standard one when there is one).
CREATE VIEW coded AS
SELECT c.vocabulary, c.code, c.concept_id AS source_id,
	CAST(coalesce(t.target_id, c.concept_id) AS INTEGER) AS concept_id
FROM code AS c
LEFT JOIN code_target AS t ON t.vocabulary = c.vocabulary AND t.code = c.code;
