-- in: person (view of the CDM)
-- out: person_id, birth (NULL without a year), sex (1 male, 2 female, 0 neither), by person_id
-- Missing month or day of birth is 1 (IncidencePrevalence 1.2.1); an impossible day is
-- the month's last.
SELECT
    person_id::BIGINT,
    CASE
        WHEN year_of_birth BETWEEN 1 AND 9998
        THEN least(
            make_date(year_of_birth, coalesce(month_of_birth, 1), 1) + coalesce(day_of_birth, 1) - 1,
            last_day(make_date(year_of_birth, coalesce(month_of_birth, 1), 1)))
    END::DATE,
    CASE gender_concept_id WHEN 8507 THEN 1 WHEN 8532 THEN 2 ELSE 0 END::INTEGER
FROM person
ORDER BY person_id
