-- Who is in the cohort, by both names of a person.
SELECT person_key, CAST(person_id AS BIGINT) AS person_id, index_date, exit_date
FROM cohort_final
ORDER BY person_id NULLS LAST, index_date NULLS LAST
