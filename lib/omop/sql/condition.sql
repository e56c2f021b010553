-- Diseases. In: diagnosis, detail, ssr_diagnosis, had_diagnosis, psychiatry_diagnosis, ald,
-- stay_visit. Out: condition (condition_id, person_id, days, code, type, status,
-- position, visit_id, detail_id). The diagnosis of a unit is primary to the unit, not to the stay.
CREATE TABLE condition AS
WITH coded AS (
	SELECT d.person_id, d.first_day, d.last_day, d.code, 32853 AS type, d.position,
		d.position = 'DGN_PAL' AS is_primary, v.visit_id, CAST(NULL AS BIGINT) AS detail_id
	FROM diagnosis AS d
	JOIN stay_visit AS v
		ON v.field = 'mco' AND v.year = d.year AND v.eta = d.eta AND v.number = d.rsa
	UNION ALL
	SELECT person_id, first_day, last_day, principal, 32853, 'UM DGN_PAL', FALSE, visit_id,
		detail_id
	FROM detail WHERE principal IS NOT NULL
	UNION ALL
	SELECT person_id, first_day, last_day, related, 32853, 'UM DGN_REL', FALSE, visit_id,
		detail_id
	FROM detail WHERE related IS NOT NULL
	UNION ALL
	SELECT d.person_id, d.first_day, d.last_day, d.code, 32853, d.position,
		d.position = 'MOR_PRP', v.visit_id, NULL
	FROM ssr_diagnosis AS d
	JOIN stay_visit AS v
		ON v.field = 'ssr' AND v.year = d.year AND v.eta = d.eta AND v.number = d.number
	UNION ALL
	SELECT d.person_id, d.first_day, d.last_day, d.code, 32853, d.position,
		d.position = 'DGN_PAL', v.visit_id, NULL
	FROM had_diagnosis AS d
	JOIN stay_visit AS v
		ON v.field = 'had' AND v.year = d.year AND v.eta = d.eta AND v.number = d.number
	UNION ALL
	SELECT d.person_id, d.first_day, d.last_day, d.code, 32853, d.position,
		d.position = 'DGN_PAL', v.visit_id, NULL
	FROM psychiatry_diagnosis AS d
	JOIN stay_visit AS v ON v.field = 'psychiatry' AND v.year = d.year AND v.eta = d.eta
		AND v.number = d.number
	UNION ALL
	SELECT person_id, first_day, last_day, code, 32810, 'MED_MTF_COD', NULL, NULL, NULL
	FROM ald
)
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, first_day NULLS LAST, code NULLS LAST,
	position NULLS LAST, visit_id NULLS LAST, detail_id NULLS LAST, last_day NULLS LAST)
		AS condition_id,
	person_id, first_day, last_day, code, type, position,
	CASE WHEN is_primary THEN 32902 WHEN visit_id IS NOT NULL THEN 32908 ELSE 32893 END
		AS status,
	visit_id, detail_id
FROM coded;

DROP TABLE diagnosis;
DROP TABLE ssr_diagnosis;
DROP TABLE had_diagnosis;
DROP TABLE psychiatry_diagnosis;
DROP TABLE ald;
