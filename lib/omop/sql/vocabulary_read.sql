-- DuckDB only: Athena's files have tabs between fields, and quotes in them quote nothing.
CREATE VIEW athena_concept AS
SELECT concept_id, concept_name, domain_id, vocabulary_id, concept_class_id, standard_concept,
	concept_code, valid_start_date, valid_end_date, invalid_reason
FROM read_csv(@concept@, delim = '\t', quote = '', escape = '', header = true,
	all_varchar = true, hive_partitioning = false);

CREATE VIEW athena_relationship AS
SELECT concept_id_1, concept_id_2, relationship_id, invalid_reason
FROM read_csv(@relationship@, delim = '\t', quote = '', escape = '', header = true,
	all_varchar = true, hive_partitioning = false);
