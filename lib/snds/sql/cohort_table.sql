-- The table COHORT of OMOP CDM 5.4.
SELECT CAST(@id@ AS BIGINT) AS cohort_definition_id, CAST(person_id AS BIGINT) AS subject_id,
	index_date AS cohort_start_date, exit_date AS cohort_end_date
FROM cohort_final
ORDER BY person_id NULLS LAST, index_date NULLS LAST
