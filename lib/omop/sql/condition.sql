-- Diseases. In: diagnosis, ald, stay_visit. Out: condition (person_id, days, code, type, status,
-- visit_id).
CREATE TABLE condition AS
SELECT d.person_id, d.first_day, d.last_day, d.code, 32853 AS type,
	CASE WHEN d.position = 'DGN_PAL' THEN 32902 ELSE 32908 END AS status,
	d.position AS status_value, v.visit_id
FROM diagnosis AS d
JOIN stay_visit AS v ON v.year = d.year AND v.eta = d.eta AND v.rsa = d.rsa
UNION ALL
SELECT person_id, first_day, last_day, code, 32810, NULL, 'MED_MTF_COD', NULL
FROM ald;

DROP TABLE diagnosis;
DROP TABLE ald;
