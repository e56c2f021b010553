-- In: cdm_cdm_source. Out: its row, as text; of several the first by name.
SELECT cdm_source_name, cdm_source_abbreviation, cdm_holder, source_description,
	source_documentation_reference, cdm_etl_reference,
	CAST(source_release_date AS VARCHAR), CAST(cdm_release_date AS VARCHAR), cdm_version,
	vocabulary_version
FROM cdm_cdm_source
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 LIMIT 1
