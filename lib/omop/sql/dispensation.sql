-- Drugs. In: snds_pha, prs, list_days_supply. Out: drug (person_id, day, code, boxes, days,
-- obs_end): a row a person, day, code, prescriber and executor, after regularisation.
CREATE TABLE pha_row AS
SELECT r.person_id, r.EXE_SOI_DTD AS day, cip_code(a.PHA_PRS_C13, a.PHA_PRS_IDE) AS code,
	r.PFS_PRE_NUM AS prescriber, r.PFS_EXE_NUM AS executor, a.PHA_ACT_QSN AS boxes, r.obs_end,
	CASE WHEN drop_no_reimbursement(r.FLX_DIS_DTD) THEN 'no_reimbursement'
		WHEN drop_removed_reimbursement(r.filter) THEN 'removed_reimbursement'
		WHEN drop_missing_code(cip_code(a.PHA_PRS_C13, a.PHA_PRS_IDE)) THEN 'missing_code'
		END AS filter
FROM snds_pha AS a
LEFT JOIN prs AS r ON r.DCT_ORD_NUM = a.DCT_ORD_NUM AND r.FLX_DIS_DTD = a.FLX_DIS_DTD
	AND r.FLX_EMT_NUM = a.FLX_EMT_NUM AND r.FLX_EMT_ORD = a.FLX_EMT_ORD
	AND r.FLX_EMT_TYP = a.FLX_EMT_TYP AND r.FLX_TRT_DTD = a.FLX_TRT_DTD
	AND r.ORG_CLE_NUM = a.ORG_CLE_NUM AND r.PRS_ORD_NUM = a.PRS_ORD_NUM
	AND r.REM_TYP_AFF = a.REM_TYP_AFF;

CREATE TABLE pha_sum AS
SELECT person_id, day, code, prescriber, executor, sum(boxes) AS boxes,
	min(obs_end) AS obs_end
FROM pha_row WHERE filter IS NULL
GROUP BY person_id, day, code, prescriber, executor;

INSERT INTO filter_count
SELECT 'pha', filter, count(*) FROM pha_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'pha', 'regularisation', (SELECT count(*) FROM pha_row WHERE filter IS NULL)
	- (SELECT count(*) FROM pha_sum WHERE NOT drop_regularisation(boxes))
UNION ALL
SELECT 'pha', NULL, count(*) FROM pha_sum WHERE NOT drop_regularisation(boxes);

CREATE TABLE drug AS
SELECT s.person_id, s.day, s.code, s.prescriber, s.executor, CAST(s.boxes AS BIGINT) AS boxes,
	CAST(s.boxes * CAST(coalesce(l.days, e.days) AS INTEGER) AS INTEGER) AS days, s.obs_end
FROM pha_sum AS s
LEFT JOIN list_days_supply AS l ON l.cip13 = s.code
CROSS JOIN (SELECT days FROM list_days_supply WHERE cip13 = '*') AS e
WHERE NOT drop_regularisation(s.boxes);

DROP TABLE pha_row;
DROP TABLE pha_sum;
