-- Acts in a hospital without a stay. In: snds_mco_fmstc, outpatient. Out: outpatient_act (year,
-- eta, number, person_id, day, code, quantity): a row a file, act and day.
CREATE TABLE fmstc_row AS
SELECT year, eta, number, person_id, first_day, code, @filters_fmstc@ AS filter
FROM (
	SELECT a.year, a.eta, a.number, o.person_id, o.person_id AS stay_person, a.code,
		o.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS first_day,
		o.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS last_day,
		o.first_day AS obs_start, o.obs_end
	FROM snds_mco_fmstc AS a
	LEFT JOIN outpatient AS o ON o.year = a.year AND o.eta = a.eta AND o.number = a.number
) AS found;

CREATE TABLE outpatient_act AS
SELECT year, eta, number, person_id, first_day AS day, code, CAST(1 AS DOUBLE) AS quantity
FROM (
	SELECT year, eta, number, person_id, first_day, code, @each_code@ AS each_code
	FROM fmstc_row WHERE filter IS NULL
) AS kept
GROUP BY year, eta, number, person_id, first_day, code, each_code;

INSERT INTO filter_count
SELECT 'fmstc', filter, count(*) FROM fmstc_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'fmstc', 'repeated_code', (SELECT count(*) FROM fmstc_row WHERE filter IS NULL)
	- (SELECT count(*) FROM outpatient_act)
UNION ALL
SELECT 'fmstc', NULL, count(*) FROM outpatient_act;

DROP TABLE fmstc_row;
