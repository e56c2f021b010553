-- The tables of OMOP CDM 5.4, columns that stay empty left out. In: person, visit, condition,
-- drug, visit_act, code (code -> concept_id), list_type_concepts. Out: a view
-- cdm_NAME a table; its first column orders it.
CREATE VIEW cdm_person AS
SELECT person_id, CASE sex WHEN 1 THEN 8507 WHEN 2 THEN 8532 ELSE 0 END AS gender_concept_id,
	birth_year AS year_of_birth, birth_month AS month_of_birth, 0 AS race_concept_id,
	0 AS ethnicity_concept_id, person_key AS person_source_value,
	CAST(sex AS STRING) AS gender_source_value, 0 AS gender_source_concept_id
FROM person;

CREATE VIEW cdm_observation_period AS
SELECT person_id AS observation_period_id, person_id,
	obs_start AS observation_period_start_date, obs_end AS observation_period_end_date,
	32813 AS period_type_concept_id
FROM person;

CREATE VIEW cdm_death AS
SELECT p.person_id, p.death_date,
	CASE p.death_origin WHEN 'KI_CCI_R' THEN 32815 ELSE 32813 END AS death_type_concept_id,
	c.concept_id AS cause_concept_id, p.cause AS cause_source_value,
	c.concept_id AS cause_source_concept_id
FROM person AS p
LEFT JOIN code AS c ON c.vocabulary = 'CIM10' AND c.code = p.cause
WHERE p.death_date IS NOT NULL;

CREATE VIEW cdm_visit_occurrence AS
SELECT visit_id AS visit_occurrence_id, person_id, concept AS visit_concept_id,
	first_day AS visit_start_date, last_day AS visit_end_date, type AS visit_type_concept_id,
	source_value AS visit_source_value, 0 AS visit_source_concept_id,
	entry_mode AS admitted_from_source_value, exit_mode AS discharged_to_source_value,
	lag(visit_id) OVER (PARTITION BY person_id ORDER BY visit_id NULLS LAST)
		AS preceding_visit_occurrence_id
FROM visit;

CREATE VIEW cdm_condition_occurrence AS
SELECT row_number() OVER (ORDER BY x.person_id NULLS LAST, x.first_day NULLS LAST,
		x.code NULLS LAST, x.status_value NULLS LAST, x.visit_id NULLS LAST,
		x.last_day NULLS LAST) AS condition_occurrence_id,
	x.person_id, c.concept_id AS condition_concept_id, x.first_day AS condition_start_date,
	x.last_day AS condition_end_date, x.type AS condition_type_concept_id,
	x.status AS condition_status_concept_id, x.visit_id AS visit_occurrence_id,
	x.code AS condition_source_value, c.concept_id AS condition_source_concept_id,
	x.status_value AS condition_status_source_value
FROM condition AS x
JOIN code AS c ON c.vocabulary = 'CIM10' AND c.code = x.code;

CREATE VIEW cdm_drug_exposure AS
SELECT row_number() OVER (ORDER BY x.person_id NULLS LAST, x.day NULLS LAST,
		x.code NULLS LAST, x.prescriber NULLS LAST, x.executor NULLS LAST)
		AS drug_exposure_id,
	x.person_id, c.concept_id AS drug_concept_id, x.day AS drug_exposure_start_date,
	least(x.day + x.days - 1, x.obs_end) AS drug_exposure_end_date,
	32869 AS drug_type_concept_id, x.boxes AS quantity, x.days AS days_supply,
	x.code AS drug_source_value, c.concept_id AS drug_source_concept_id
FROM (
	SELECT d.*, CAST(d.boxes * CAST(coalesce(l.days, e.days) AS INTEGER) AS INTEGER) AS days
	FROM drug AS d
	LEFT JOIN list_days_supply AS l ON l.cip13 = d.code
	CROSS JOIN (SELECT days FROM list_days_supply WHERE cip13 = '*') AS e
) AS x
JOIN code AS c ON c.vocabulary = 'CIP13' AND c.code = x.code;

CREATE VIEW cdm_procedure_occurrence AS
SELECT row_number() OVER (ORDER BY x.person_id NULLS LAST, x.day NULLS LAST,
		x.code NULLS LAST, x.visit_id NULLS LAST)
		AS procedure_occurrence_id,
	x.person_id, c.concept_id AS procedure_concept_id, x.day AS procedure_date,
	x.day AS procedure_end_date, 32853 AS procedure_type_concept_id, x.quantity,
	x.visit_id AS visit_occurrence_id, x.code AS procedure_source_value,
	c.concept_id AS procedure_source_concept_id
FROM visit_act AS x
JOIN code AS c ON c.vocabulary = 'CCAM' AND c.code = x.code;

CREATE VIEW cdm_concept AS
SELECT DISTINCT concept_id, name AS concept_name, domain AS domain_id,
	vocabulary AS vocabulary_id, class AS concept_class_id,
	CAST(NULL AS STRING) AS standard_concept, concept_code,
	DATE '1970-01-01' AS valid_start_date, DATE '2099-12-31' AS valid_end_date
FROM code WHERE concept_id > 0
UNION ALL
SELECT CAST(concept_id AS INTEGER), name, domain, vocabulary, class, nullif(standard, ''),
	code, DATE '1970-01-01', DATE '2099-12-31'
FROM list_type_concepts;
