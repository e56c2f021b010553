-- Standard concepts of a vocabulary of Athena. In: athena_concept, athena_relationship, code,
-- list_athena, snds_pha_r. Out: code_target (vocabulary, code, target_id: the first vocabulary of
-- the list that knows the code, its lowest standard concept of the domain), athena_used (the
-- concepts that code_target names).
CREATE TABLE code_name AS
SELECT c.vocabulary, c.code, c.domain, l.athena, CAST(l.rank AS INTEGER) AS rank,
	CASE WHEN c.vocabulary = 'CIP13' THEN substr(c.concept_code, 6, 7) ELSE c.concept_code END
		AS name
FROM code AS c
JOIN list_athena AS l ON l.vocabulary = c.vocabulary AND l.by = 'code'
WHERE c.concept_id > 0
UNION ALL
SELECT c.vocabulary, c.code, c.domain, l.athena, CAST(l.rank AS INTEGER), min(p.PHA_ATC_C07)
FROM code AS c
JOIN list_athena AS l ON l.vocabulary = c.vocabulary AND l.by = 'ATC'
JOIN snds_pha_r AS p ON p.PHA_CIP_C13 = c.concept_code
WHERE c.concept_id > 0
GROUP BY c.vocabulary, c.code, c.domain, l.athena, l.rank;

CREATE TABLE code_source AS
SELECT n.vocabulary, n.code, n.domain, n.rank, CAST(a.concept_id AS BIGINT) AS source_id
FROM code_name AS n
JOIN athena_concept AS a
	ON a.vocabulary_id = n.athena AND replace(upper(a.concept_code), '.', '') = n.name;

CREATE TABLE code_map AS
SELECT s.vocabulary, s.code, s.domain, s.rank, CAST(r.concept_id_2 AS BIGINT) AS target_id
FROM code_source AS s
JOIN athena_relationship AS r ON CAST(r.concept_id_1 AS BIGINT) = s.source_id
WHERE r.relationship_id = 'Maps to' AND coalesce(r.invalid_reason, '') = '';

CREATE TABLE athena_standard AS
SELECT CAST(a.concept_id AS BIGINT) AS concept_id, a.concept_name, a.domain_id, a.vocabulary_id,
	a.concept_class_id, a.concept_code, a.valid_start_date, a.valid_end_date
FROM athena_concept AS a
WHERE a.standard_concept = 'S'
	AND CAST(a.concept_id AS BIGINT) IN (SELECT target_id FROM code_map);

CREATE TABLE code_target AS
SELECT vocabulary, code, target_id
FROM (
	SELECT m.vocabulary, m.code, m.target_id, row_number() OVER (
		PARTITION BY m.vocabulary, m.code
		ORDER BY m.rank NULLS LAST, m.target_id NULLS LAST) AS place
	FROM code_map AS m
	JOIN athena_standard AS a ON a.concept_id = m.target_id AND a.domain_id = m.domain
) AS ranked
WHERE place = 1;

CREATE TABLE athena_used AS
SELECT concept_id, concept_name, domain_id, vocabulary_id, concept_class_id, concept_code,
	make_date(CAST(substr(valid_start_date, 1, 4) AS INTEGER),
		CAST(substr(valid_start_date, 5, 2) AS INTEGER),
		CAST(substr(valid_start_date, 7, 2) AS INTEGER)) AS valid_start_date,
	make_date(CAST(substr(valid_end_date, 1, 4) AS INTEGER),
		CAST(substr(valid_end_date, 5, 2) AS INTEGER),
		CAST(substr(valid_end_date, 7, 2) AS INTEGER)) AS valid_end_date
FROM athena_standard
WHERE concept_id IN (SELECT target_id FROM code_target);

DROP TABLE code_name;
DROP TABLE code_source;
DROP TABLE code_map;
DROP TABLE athena_standard;
