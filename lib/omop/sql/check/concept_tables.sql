-- Out: the checks that need concepts, and what they count, both filled by table.
CREATE TABLE concept_check (number BIGINT, kind STRING, table_name STRING, field STRING,
	concept_id BIGINT, wanted STRING);
CREATE TABLE concept_used (table_name STRING, field STRING, concept_id BIGINT, n BIGINT);
CREATE TABLE gender_used (table_name STRING, field STRING, concept_id BIGINT, n BIGINT,
	not_male BIGINT, not_female BIGINT);
CREATE TABLE unit_used (table_name STRING, field STRING, concept_id BIGINT, unit_id BIGINT,
	n BIGINT)
