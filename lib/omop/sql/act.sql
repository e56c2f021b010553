-- Acts. In: snds_mco_a, stay_visit. Out: act (person_id, day, code, quantity, visit_id): a row
-- a stay, act and day.
CREATE TABLE act_row AS
SELECT v.person_id, v.visit_id, plain_code(a.CDC_ACT) AS code,
	v.first_day + coalesce(a.ENT_DAT_DEL, 0) AS day, coalesce(a.NBR_EXE_ACT, 1) AS quantity,
	CASE WHEN drop_removed_stay(v.visit_id) THEN 'removed_stay'
		WHEN drop_missing_code(a.CDC_ACT) THEN 'missing_code'
		WHEN drop_outside_observation(v.first_day + coalesce(a.ENT_DAT_DEL, 0),
			v.first_day + coalesce(a.ENT_DAT_DEL, 0), v.first_day, v.obs_end)
		THEN 'outside_observation' END AS filter
FROM snds_mco_a AS a
LEFT JOIN stay_visit AS v ON v.year = a.year AND v.eta = a.eta AND v.rsa = a.rsa;

CREATE TABLE act AS
SELECT person_id, visit_id, code, day, max(quantity) AS quantity
FROM act_row WHERE filter IS NULL
GROUP BY person_id, visit_id, code, day;

INSERT INTO filter_count
SELECT 'act', filter, count(*) FROM act_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'act', 'repeated_code', (SELECT count(*) FROM act_row WHERE filter IS NULL)
	- (SELECT count(*) FROM act)
UNION ALL
SELECT 'act', NULL, count(*) FROM act;

DROP TABLE act_row;
