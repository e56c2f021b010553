-- Persons and their observation. In: person_row, death_row, ben, span. Out: person (a kept
-- person: person_id, obs_start, obs_end), pseudonym (psa, rng -> person), psa_person (psa ->
-- how many persons, and which when there is one).
CREATE TABLE person_checked AS
SELECT *, CASE WHEN drop_unknown_birth(birth_year) THEN 'unknown_birth'
	WHEN drop_no_observation_time(obs_start, obs_end) THEN 'no_observation_time' END AS filter
FROM (
	SELECT p.person_key, p.sex, p.birth_year, p.birth_month, d.death_date, d.cause,
		d.type AS death_type,
		p.birth, greatest(p.birth, s.first_day) AS obs_start,
		least(coalesce(d.death_date, s.last_day), s.last_day) AS obs_end
	FROM (
		SELECT *, CASE WHEN NOT drop_unknown_birth(birth_year)
			THEN make_date(birth_year, coalesce(birth_month, 1), 1) END AS birth
		FROM person_row
	) AS p
	CROSS JOIN span AS s
	LEFT JOIN (SELECT * FROM death_row WHERE filter IS NULL) AS d USING (person_key)
) AS dated;

INSERT INTO filter_count SELECT 'person', filter, count(*) FROM person_checked GROUP BY filter;

CREATE TABLE person AS
SELECT row_number() OVER (ORDER BY person_key) AS person_id, * EXCLUDE (filter)
FROM person_checked WHERE filter IS NULL;

CREATE TABLE pseudonym AS
SELECT b.psa, b.rng, p.person_id, p.birth, p.obs_start, p.obs_end
FROM ben AS b JOIN person AS p USING (person_key)
WHERE b.filter IS NULL;

CREATE TABLE psa_person AS
SELECT psa, count(DISTINCT person_id) AS persons, min(person_id) AS person_id
FROM pseudonym GROUP BY psa;
