-- Consultations and other fees in a hospital without a stay. In: snds_mco_fcstc, outpatient. Out:
-- outpatient_fee (year, eta, number, person_id, day, code, specialty, quantity, paid and refunded
-- in cents): a row a file, day, code and specialty, after regularisation.
CREATE TABLE fcstc_row AS
SELECT year, eta, number, person_id, first_day AS day, code, specialty, hundredths, paid,
	refunded, @each_row@ AS each_row, @filters_fcstc@ AS filter
FROM (
	SELECT a.year, a.eta, a.number, o.person_id, o.person_id AS stay_person, a.code,
		a.EXE_SPE AS specialty,
		o.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS first_day,
		o.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS last_day,
		o.first_day AS obs_start, o.obs_end,
		CAST(round(coalesce(a.quantity, 1) * 100) AS BIGINT) AS hundredths,
		CAST(round(a.HON_MNT * 100) AS BIGINT) AS paid,
		CAST(round(a.AMO_MNR * 100) AS BIGINT) AS refunded
	FROM snds_mco_fcstc AS a
	LEFT JOIN outpatient AS o ON o.year = a.year AND o.eta = a.eta AND o.number = a.number
) AS found;

CREATE TABLE fcstc_sum AS
SELECT year, eta, number, person_id, day, code, specialty,
	CAST(sum(hundredths) AS BIGINT) AS quantity, CAST(sum(paid) AS BIGINT) AS paid,
	CAST(sum(refunded) AS BIGINT) AS refunded
FROM fcstc_row WHERE filter IS NULL
GROUP BY year, eta, number, person_id, day, code, specialty, each_row;

INSERT INTO filter_count
SELECT 'fcstc', filter, count(*) FROM fcstc_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'fcstc', 'regularisation', (SELECT count(*) FROM fcstc_row WHERE filter IS NULL)
	- (SELECT count(*) FROM fcstc_sum WHERE NOT (@drop_regularisation@))
UNION ALL
SELECT 'fcstc', NULL, count(*) FROM fcstc_sum WHERE NOT (@drop_regularisation@);

CREATE TABLE outpatient_fee AS
SELECT year, eta, number, person_id, day, code, specialty,
	CAST(quantity AS DOUBLE) / 100 AS quantity, paid, refunded
FROM fcstc_sum WHERE NOT (@drop_regularisation@);

DROP TABLE fcstc_row;
DROP TABLE fcstc_sum;
