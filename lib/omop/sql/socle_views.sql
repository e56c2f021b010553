-- Where the variables of the hospital core stand in a CDM. In: the views cdm_NAME of every field.
-- Out: views with person_id, concept_id where a variable is one concept among others, and a column
-- a variable, NULL where it is not filled. An empty text and concept 0 fill nothing.
CREATE VIEW socle_person AS
SELECT person_id, nullif(gender_concept_id, 0) AS sex,
	coalesce(CAST(birth_datetime AS DATE), CASE WHEN day_of_birth BETWEEN 1 AND 28
		OR day_of_birth <= day(last_day(make_date(CAST(year_of_birth AS INTEGER),
			CAST(month_of_birth AS INTEGER), 1)))
		THEN make_date(CAST(year_of_birth AS INTEGER), CAST(month_of_birth AS INTEGER),
			CAST(day_of_birth AS INTEGER)) END) AS birth_date
FROM cdm_person;

CREATE VIEW socle_death AS
SELECT person_id, death_date FROM cdm_death;

CREATE VIEW socle_place AS
SELECT p.person_id, l.latitude,
	coalesce(nullif(l.zip, ''), nullif(l.location_source_value, ''), nullif(l.county, ''))
		AS place
FROM cdm_person AS p
LEFT JOIN cdm_location AS l ON l.location_id = p.location_id;

CREATE VIEW socle_visit AS
SELECT v.person_id, v.visit_start_date AS first_day, v.visit_end_date AS last_day,
	year(v.visit_start_date) - p.year_of_birth AS age,
	coalesce(nullif(v.admitted_from_source_value, ''),
		CAST(nullif(v.admitted_from_concept_id, 0) AS STRING)) AS entry_mode,
	coalesce(nullif(v.discharged_to_source_value, ''),
		CAST(nullif(v.discharged_to_concept_id, 0) AS STRING)) AS exit_mode
FROM cdm_visit_occurrence AS v
LEFT JOIN cdm_person AS p ON p.person_id = v.person_id
WHERE v.visit_concept_id IN (9201, 262, 581476);

CREATE VIEW socle_diagnosis AS
SELECT person_id, nullif(condition_source_value, '') AS code
FROM cdm_condition_occurrence WHERE visit_occurrence_id IS NOT NULL;

CREATE VIEW socle_act AS
SELECT person_id, nullif(procedure_source_value, '') AS code
FROM cdm_procedure_occurrence WHERE visit_occurrence_id IS NOT NULL;

CREATE VIEW socle_measurement AS
SELECT person_id, measurement_concept_id AS concept_id, value_as_number AS value
FROM cdm_measurement;

CREATE VIEW socle_observation AS
SELECT person_id, observation_concept_id AS concept_id,
	coalesce(CAST(value_as_number AS STRING), nullif(value_as_string, ''),
		CAST(nullif(value_as_concept_id, 0) AS STRING), nullif(value_source_value, ''))
		AS value
FROM cdm_observation;

CREATE VIEW socle_prescribed AS
SELECT person_id, nullif(drug_source_value, '') AS code, nullif(sig, '') AS sig
FROM cdm_drug_exposure WHERE drug_type_concept_id NOT IN (32818, 32853);

CREATE VIEW socle_administered AS
SELECT person_id, nullif(drug_source_value, '') AS code, quantity
FROM cdm_drug_exposure WHERE drug_type_concept_id IN (32818, 32853);
