-- in: person (view of the CDM)
-- out: person_id, birth (NULL without a year), sex (1 male, 2 female, 0 neither), 1 when the
-- birth is no date; by person_id
-- Missing month or day of birth is 1 (IncidencePrevalence 1.2.1); a day that its month does
-- not have is the month's last.
SELECT person_id,
	CAST(CASE WHEN NOT wrong THEN least(make_date(y, m, 1) + d - 1,
		last_day(make_date(y, m, 1))) END AS DATE),
	sex, CAST(coalesce(wrong, FALSE) AS INTEGER)
FROM (
	SELECT *, NOT (y BETWEEN 1 AND 9998 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31) AS wrong
	FROM (
		SELECT CAST(person_id AS BIGINT) AS person_id, year_of_birth AS y,
			coalesce(month_of_birth, 1) AS m, coalesce(day_of_birth, 1) AS d,
			CAST(CASE gender_concept_id WHEN 8507 THEN 1 WHEN 8532 THEN 2 ELSE 0 END
				AS INTEGER) AS sex
		FROM person
	) AS told
) AS judged
ORDER BY person_id NULLS LAST
