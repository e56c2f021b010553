-- In: cdm_cdm_source. Out: its row, as text; of several the first by name.
SELECT cdm_source_name, cdm_source_abbreviation, cdm_holder, source_description,
	source_documentation_reference, cdm_etl_reference,
	CAST(source_release_date AS STRING), CAST(cdm_release_date AS STRING), cdm_version,
	vocabulary_version
FROM cdm_cdm_source
ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST, 4 NULLS LAST, 5 NULLS LAST, 6 NULLS LAST,
	7 NULLS LAST, 8 NULLS LAST, 9 NULLS LAST, 10 NULLS LAST
LIMIT 1
