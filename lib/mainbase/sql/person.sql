-- Persons and their observation. In: person_row, death_row, ben, span. Out: person (a kept
-- person: person_id, obs_start, obs_end), pseudonym (psa, rng -> person), psa_person (psa ->
-- how many persons, and which when there is one).
CREATE TABLE person_checked AS
SELECT *, @filters_person@ AS filter
FROM (
	SELECT p.person_key, p.sex, p.birth_year, p.birth_month, p.department, p.commune,
		d.death_date, d.cause, d.origin AS death_origin, p.birth,
		greatest(p.birth, s.first_day) AS obs_start,
		least(coalesce(d.death_date, s.last_day), s.last_day) AS obs_end
	FROM (
		SELECT *, CASE WHEN birth_year IS NOT NULL
			THEN make_date(birth_year, coalesce(birth_month, 1), 1) END AS birth
		FROM person_row
	) AS p
	CROSS JOIN span AS s
	LEFT JOIN (SELECT * FROM death_row WHERE filter IS NULL) AS d
		ON d.person_key = p.person_key
) AS dated;

INSERT INTO filter_count SELECT 'person', filter, count(*) FROM person_checked GROUP BY filter;

CREATE TABLE person AS
SELECT row_number() OVER (ORDER BY person_key NULLS LAST) AS person_id,
	person_key, sex, birth_year, birth_month, birth, department, commune, death_date,
	cause, death_origin, obs_start, obs_end
FROM person_checked WHERE filter IS NULL;

CREATE TABLE pseudonym AS
SELECT b.psa, b.rng, p.person_id, p.birth, p.obs_start, p.obs_end
FROM ben AS b
JOIN person AS p ON p.person_key = b.person_key
WHERE b.filter IS NULL;

CREATE TABLE psa_person AS
SELECT psa, count(DISTINCT person_id) AS persons, min(person_id) AS person_id
FROM pseudonym GROUP BY psa;
