-- Without a vocabulary of Athena every code is its own concept. Out: code_target, athena_used.
CREATE TABLE code_target (vocabulary STRING, code STRING, target_id BIGINT);

CREATE TABLE athena_used (concept_id BIGINT, concept_name STRING, domain_id STRING,
	vocabulary_id STRING, concept_class_id STRING, concept_code STRING, valid_start_date DATE,
	valid_end_date DATE);
