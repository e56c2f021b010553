-- What this CDM is. In: span; $version of hygie, $has_vocabulary (1: Athena's concepts
-- are used). Dates are those of the data: two builds of one
-- input are equal. Out: cdm_cdm_source, one row.
CREATE TABLE cdm_cdm_source AS
SELECT 'Système national des données de santé' AS cdm_source_name,
	'SNDS' AS cdm_source_abbreviation, 'hygie' AS cdm_holder,
	'DCIR and PMSI tables turned into OMOP by hygie omop build' AS source_description,
	'https://documentation-snds.health-data-hub.fr' AS source_documentation_reference,
	'hygie ' || CAST($version AS STRING) AS cdm_etl_reference,
	last_day AS source_release_date, last_day AS cdm_release_date, 'v5.4' AS cdm_version,
	756265 AS cdm_version_concept_id, CASE WHEN $has_vocabulary = 1 THEN 'hygie 1 with Athena'
		ELSE 'hygie local 1' END AS vocabulary_version
FROM span;
