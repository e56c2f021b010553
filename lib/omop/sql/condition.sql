-- Diseases. In: stay_visit (principal and related diagnoses), snds_mco_d, snds_imb, pseudonym.
-- Out: condition (person_id, days, code, type, status, visit_id).
CREATE TABLE das_row AS
SELECT v.person_id, v.first_day, v.last_day, v.visit_id, plain_code(d.ASS_DGN) AS code,
	CASE WHEN drop_removed_stay(v.visit_id) THEN 'removed_stay'
		WHEN drop_missing_code(d.ASS_DGN) THEN 'missing_code' END AS filter
FROM snds_mco_d AS d
LEFT JOIN stay_visit AS v ON v.year = d.year AND v.eta = d.eta AND v.rsa = d.rsa;

CREATE TABLE das AS
SELECT person_id, first_day, last_day, visit_id, code,
	CASE WHEN filter IS NULL AND drop_repeated_code(row_number() OVER (
		PARTITION BY filter, visit_id, code)) THEN 'repeated_code' ELSE filter END AS filter
FROM das_row;

CREATE TABLE ald AS
WITH checked AS (
	SELECT n.person_id, n.obs_end, i.IMB_ALD_DTD AS first_day,
		CASE WHEN real_date(i.IMB_ALD_DTF) >= i.IMB_ALD_DTD
			THEN least(i.IMB_ALD_DTF, n.obs_end) END AS last_day,
		plain_code(i.MED_MTF_COD) AS code,
		CASE WHEN drop_unknown_person(n.person_id) THEN 'unknown_person'
			WHEN drop_ald_nature(i.IMB_ETM_NAT) THEN 'ald_nature'
			WHEN drop_missing_code(i.MED_MTF_COD) THEN 'missing_code'
			WHEN drop_ald_dates(i.IMB_ALD_DTD, n.birth, n.obs_end) THEN 'ald_dates'
			END AS filter
	FROM snds_imb AS i
	LEFT JOIN pseudonym AS n ON n.psa = i.BEN_NIR_PSA AND n.rng = i.BEN_RNG_GEM
)
SELECT person_id, first_day, last_day, code,
	CASE WHEN filter IS NULL AND drop_repeated_code(row_number() OVER (
		PARTITION BY filter, person_id, code, first_day ORDER BY last_day DESC NULLS FIRST))
		THEN 'repeated_code' ELSE filter END AS filter
FROM checked;

INSERT INTO filter_count SELECT 'das', filter, count(*) FROM das GROUP BY filter;
INSERT INTO filter_count SELECT 'ald', filter, count(*) FROM ald GROUP BY filter;

CREATE TABLE condition AS
SELECT person_id, first_day, last_day, principal AS code, 32853 AS type, 32902 AS status,
	'DGN_PAL' AS status_value, visit_id
FROM stay_visit WHERE NOT drop_missing_code(principal)
UNION ALL
SELECT person_id, first_day, last_day, related, 32853, 32908, 'DGN_REL', visit_id
FROM stay_visit WHERE NOT drop_missing_code(related)
UNION ALL
SELECT person_id, first_day, last_day, code, 32853, 32908, 'ASS_DGN', visit_id
FROM das WHERE filter IS NULL
UNION ALL
SELECT person_id, first_day, last_day, code, 32810, NULL, 'MED_MTF_COD', NULL
FROM ald WHERE filter IS NULL;

DROP TABLE das_row;
DROP TABLE das;
DROP TABLE ald;
