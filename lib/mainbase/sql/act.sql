-- Acts of stays. In: snds_mco_a, stay. Out: act (the stay's year, eta, rsa; person_id, day,
-- code, quantity): a row a stay, act and day.
CREATE TABLE act_row AS
SELECT *, @filters_act@ AS filter
FROM (
	SELECT a.year, a.eta, a.rsa, s.person_id, s.person_id AS stay_person, a.CDC_ACT AS code,
		s.first_day + CAST(coalesce(a.ENT_DAT_DEL, 0) AS INTEGER) AS first_day,
		s.first_day + CAST(coalesce(a.ENT_DAT_DEL, 0) AS INTEGER) AS last_day,
		s.first_day AS obs_start, s.obs_end, coalesce(a.NBR_EXE_ACT, 1) AS quantity
	FROM snds_mco_a AS a
	LEFT JOIN stay AS s ON s.year = a.year AND s.eta = a.eta AND s.rsa = a.rsa
) AS found;

CREATE TABLE act AS
SELECT year, eta, rsa, person_id, first_day AS day, code, max(quantity) AS quantity
FROM (SELECT *, @each_code@ AS each_code FROM act_row WHERE filter IS NULL) AS kept
GROUP BY year, eta, rsa, person_id, first_day, code, each_code;

INSERT INTO filter_count
SELECT 'act', filter, count(*) FROM act_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'act', 'repeated_code', (SELECT count(*) FROM act_row WHERE filter IS NULL)
	- (SELECT count(*) FROM act)
UNION ALL
SELECT 'act', NULL, count(*) FROM act;

DROP TABLE act_row;
