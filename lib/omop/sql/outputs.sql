-- The tables of OMOP CDM 5.4, columns that stay empty left out. In: person, what visit.sql to
-- era.sql made, coded, list_type_concepts. Out: a view cdm_NAME a table; its first column orders
-- it.
CREATE VIEW cdm_person AS
SELECT p.person_id, CASE p.sex WHEN 1 THEN 8507 WHEN 2 THEN 8532 ELSE 0 END AS gender_concept_id,
	p.birth_year AS year_of_birth, p.birth_month AS month_of_birth, 0 AS race_concept_id,
	0 AS ethnicity_concept_id, l.location_id, p.person_key AS person_source_value,
	CAST(p.sex AS STRING) AS gender_source_value, 0 AS gender_source_concept_id
FROM person AS p
LEFT JOIN place AS l ON l.department = trim(p.department)
	AND l.commune = trim(coalesce(p.commune, ''));

CREATE VIEW cdm_observation_period AS
SELECT person_id AS observation_period_id, person_id,
	obs_start AS observation_period_start_date, obs_end AS observation_period_end_date,
	32813 AS period_type_concept_id
FROM person;

CREATE VIEW cdm_death AS
SELECT p.person_id, p.death_date,
	CASE p.death_origin WHEN 'KI_CCI_R' THEN 32815 ELSE 32813 END AS death_type_concept_id,
	c.concept_id AS cause_concept_id, p.cause AS cause_source_value,
	c.source_id AS cause_source_concept_id
FROM person AS p
LEFT JOIN coded AS c ON c.vocabulary = 'CIM10' AND c.code = p.cause
WHERE p.death_date IS NOT NULL;

CREATE VIEW cdm_visit_occurrence AS
SELECT v.visit_id AS visit_occurrence_id, v.person_id, v.concept AS visit_concept_id,
	v.first_day AS visit_start_date, v.last_day AS visit_end_date,
	v.type AS visit_type_concept_id, p.provider_id, s.care_site_id,
	v.source_value AS visit_source_value, 0 AS visit_source_concept_id,
	v.entry_mode AS admitted_from_source_value, v.exit_mode AS discharged_to_source_value,
	lag(v.visit_id) OVER (PARTITION BY v.person_id ORDER BY v.visit_id NULLS LAST)
		AS preceding_visit_occurrence_id
FROM visit AS v
LEFT JOIN professional AS p ON p.number = v.executor
LEFT JOIN site AS s ON s.finess = v.eta;

CREATE VIEW cdm_visit_detail AS
SELECT d.detail_id AS visit_detail_id, d.person_id, 9201 AS visit_detail_concept_id,
	d.first_day AS visit_detail_start_date, d.last_day AS visit_detail_end_date,
	32853 AS visit_detail_type_concept_id, s.care_site_id,
	coalesce('UM ' || d.type, 'UM') AS visit_detail_source_value,
	0 AS visit_detail_source_concept_id,
	lag(d.detail_id) OVER (PARTITION BY d.visit_id ORDER BY d.detail_id NULLS LAST)
		AS preceding_visit_detail_id,
	d.visit_id AS visit_occurrence_id
FROM detail AS d
LEFT JOIN site AS s ON s.finess = d.finess;

CREATE VIEW cdm_condition_occurrence AS
SELECT x.condition_id AS condition_occurrence_id, x.person_id,
	c.concept_id AS condition_concept_id, x.first_day AS condition_start_date,
	x.last_day AS condition_end_date, x.type AS condition_type_concept_id,
	x.status AS condition_status_concept_id, x.visit_id AS visit_occurrence_id,
	x.detail_id AS visit_detail_id, x.code AS condition_source_value,
	c.source_id AS condition_source_concept_id, x.position AS condition_status_source_value
FROM condition AS x
JOIN coded AS c ON c.vocabulary = 'CIM10' AND c.code = x.code;

CREATE VIEW cdm_drug_exposure AS
SELECT x.drug_id AS drug_exposure_id, x.person_id, c.concept_id AS drug_concept_id,
	x.day AS drug_exposure_start_date, x.last_day AS drug_exposure_end_date,
	x.type AS drug_type_concept_id, x.quantity, x.days AS days_supply, p.provider_id,
	x.visit_id AS visit_occurrence_id, x.code AS drug_source_value,
	c.source_id AS drug_source_concept_id
FROM drug_row AS x
JOIN coded AS c ON c.vocabulary = x.vocabulary AND c.code = x.code
LEFT JOIN professional AS p ON p.number = x.prescriber;

CREATE VIEW cdm_procedure_occurrence AS
SELECT x.procedure_id AS procedure_occurrence_id, x.person_id,
	c.concept_id AS procedure_concept_id, x.day AS procedure_date, x.day AS procedure_end_date,
	x.type AS procedure_type_concept_id, x.quantity, p.provider_id,
	x.visit_id AS visit_occurrence_id, x.code AS procedure_source_value,
	c.source_id AS procedure_source_concept_id
FROM procedure_row AS x
JOIN coded AS c ON c.vocabulary = 'CCAM' AND c.code = x.code
LEFT JOIN professional AS p ON p.number = x.executor;

CREATE VIEW cdm_device_exposure AS
SELECT x.device_id AS device_exposure_id, x.person_id, c.concept_id AS device_concept_id,
	x.day AS device_exposure_start_date, x.day AS device_exposure_end_date,
	x.type AS device_type_concept_id, x.quantity, p.provider_id,
	x.visit_id AS visit_occurrence_id, x.code AS device_source_value,
	c.source_id AS device_source_concept_id
FROM device_row AS x
JOIN coded AS c ON c.vocabulary = 'LPP' AND c.code = x.code
LEFT JOIN professional AS p ON p.number = x.prescriber;

-- The SNDS knows that it was done, never the result.
CREATE VIEW cdm_measurement AS
SELECT x.biology_id AS measurement_id, x.person_id, c.concept_id AS measurement_concept_id,
	x.day AS measurement_date, 32871 AS measurement_type_concept_id, p.provider_id,
	x.code AS measurement_source_value, c.source_id AS measurement_source_concept_id
FROM biology_row AS x
JOIN coded AS c ON c.vocabulary = 'NABM' AND c.code = x.code
LEFT JOIN professional AS p ON p.number = x.prescriber;

-- A cause that somebody died with is no new disease: no condition.
CREATE VIEW cdm_observation AS
SELECT row_number() OVER (ORDER BY x.person_id NULLS LAST, x.code NULLS LAST) AS observation_id,
	x.person_id, c.source_id AS observation_concept_id, x.day AS observation_date,
	32815 AS observation_type_concept_id, c.concept_id AS value_as_concept_id,
	x.code AS observation_source_value, c.source_id AS observation_source_concept_id,
	'ECD_CIM_COD' AS qualifier_source_value
FROM death_cause AS x
JOIN coded AS c ON c.vocabulary = 'CIM10' AND c.code = x.code;

CREATE VIEW cdm_location AS
SELECT location_id, department AS county, department || commune AS location_source_value,
	'FR' AS country_source_value
FROM place;

CREATE VIEW cdm_care_site AS
SELECT s.care_site_id, s.name AS care_site_name, l.location_id,
	s.finess AS care_site_source_value, s.category AS place_of_service_source_value
FROM site AS s
LEFT JOIN place AS l ON l.department = s.department AND l.commune = coalesce(s.commune, '');

CREATE VIEW cdm_provider AS
SELECT p.provider_id, c.concept_id AS specialty_concept_id, p.birth_year AS year_of_birth,
	CASE p.sex WHEN 1 THEN 8507 WHEN 2 THEN 8532 ELSE 0 END AS gender_concept_id,
	p.number AS provider_source_value, p.specialty AS specialty_source_value,
	c.source_id AS specialty_source_concept_id, CAST(p.sex AS STRING) AS gender_source_value,
	0 AS gender_source_concept_id
FROM professional AS p
LEFT JOIN coded AS c ON c.vocabulary = 'PS_SPE' AND c.code = p.specialty;

-- cost_id is a function of what it belongs to: five domains, so eight times the id of the event.
CREATE VIEW cdm_cost AS
SELECT event_id * 8 + part AS cost_id,
	event_id AS cost_event_id, domain AS cost_domain_id, 32810 AS cost_type_concept_id,
	44818568 AS currency_concept_id, CAST(paid AS DOUBLE) / 100 AS total_charge,
	CAST(paid AS DOUBLE) / 100 AS total_paid, CAST(refunded AS DOUBLE) / 100 AS paid_by_payer
FROM (
	SELECT 'Visit' AS domain, 0 AS part, visit_id AS event_id, paid, refunded FROM visit
	UNION ALL
	SELECT 'Procedure', 1, procedure_id, paid, refunded FROM procedure_row
	UNION ALL
	SELECT 'Drug', 2, drug_id, paid, refunded FROM drug_row
	UNION ALL
	SELECT 'Device', 3, device_id, paid, refunded FROM device_row
	UNION ALL
	SELECT 'Measurement', 4, biology_id, paid, refunded FROM biology_row
) AS amounts
WHERE paid IS NOT NULL;

CREATE VIEW cdm_condition_era AS
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, concept_id NULLS LAST,
		first_day NULLS LAST) AS condition_era_id,
	person_id, concept_id AS condition_concept_id, first_day AS condition_era_start_date,
	last_day AS condition_era_end_date, records AS condition_occurrence_count
FROM condition_era_row;

CREATE VIEW cdm_drug_era AS
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, concept_id NULLS LAST,
		first_day NULLS LAST) AS drug_era_id,
	person_id, concept_id AS drug_concept_id, first_day AS drug_era_start_date,
	last_day AS drug_era_end_date, records AS drug_exposure_count, gap_days
FROM drug_era_row;

CREATE VIEW cdm_concept AS
SELECT DISTINCT concept_id, name AS concept_name, domain AS domain_id,
	vocabulary AS vocabulary_id, class AS concept_class_id,
	CAST(NULL AS STRING) AS standard_concept, concept_code,
	DATE '1970-01-01' AS valid_start_date, DATE '2099-12-31' AS valid_end_date
FROM code WHERE concept_id > 0
UNION ALL
SELECT CAST(concept_id AS INTEGER), name, domain, vocabulary, class, nullif(standard, ''),
	code, DATE '1970-01-01', DATE '2099-12-31'
FROM list_type_concepts
UNION ALL
SELECT CAST(concept_id AS INTEGER), concept_name, domain_id, vocabulary_id, concept_class_id, 'S',
	concept_code, valid_start_date, valid_end_date
FROM athena_used
WHERE CAST(concept_id AS STRING) NOT IN (SELECT concept_id FROM list_type_concepts);

CREATE VIEW cdm_concept_relationship AS
SELECT c.source_id AS concept_id_1, c.concept_id AS concept_id_2, 'Maps to' AS relationship_id,
	DATE '1970-01-01' AS valid_start_date, DATE '2099-12-31' AS valid_end_date
FROM coded AS c
WHERE c.source_id > 0 AND c.concept_id <> c.source_id;

CREATE VIEW cdm_vocabulary AS
SELECT DISTINCT vocabulary_id, vocabulary_id AS vocabulary_name, 0 AS vocabulary_concept_id
FROM cdm_concept;

CREATE VIEW cdm_domain AS
SELECT DISTINCT domain_id, domain_id AS domain_name, 0 AS domain_concept_id
FROM (
	SELECT domain_id FROM cdm_concept
	UNION ALL
	SELECT name FROM (VALUES ('Visit'), ('Procedure'), ('Drug'), ('Device'), ('Measurement'))
		AS costs (name)
) AS domains;

CREATE VIEW cdm_concept_class AS
SELECT DISTINCT concept_class_id, concept_class_id AS concept_class_name,
	0 AS concept_class_concept_id
FROM cdm_concept;

CREATE VIEW cdm_relationship AS
SELECT DISTINCT relationship_id, relationship_id AS relationship_name, '0' AS is_hierarchical,
	'0' AS defines_ancestry, 'Mapped from' AS reverse_relationship_id,
	0 AS relationship_concept_id
FROM cdm_concept_relationship
UNION ALL
SELECT DISTINCT 'Mapped from', 'Mapped from', '0', '0', 'Maps to', 0
FROM cdm_concept_relationship;
