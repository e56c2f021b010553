-- Drugs dispensed in town. In: snds_pha, prs. Out: drug (person_id, day, code, prescriber,
-- executor, boxes, paid and refunded in cents, obs_end): a row a person, day, code, prescriber
-- and executor, after regularisation. The code is the CIP13; rows too old for one have a CIP7.
CREATE TABLE pha_row AS
SELECT *, @each_row@ AS each_row, @filters_pha@ AS filter
FROM (
	SELECT r.person_id, r.first_day AS day, r.PFS_PRE_NUM AS prescriber,
		r.PFS_EXE_NUM AS executor, a.PHA_ACT_QSN AS boxes, r.obs_end,
		CAST(round(r.PRS_PAI_MNT * 100) AS BIGINT) AS paid,
		CAST(round((coalesce(r.BSE_REM_MNT, 0) + coalesce(r.CPL_REM_MNT, 0)) * 100)
			AS BIGINT) AS refunded,
		r.FLX_DIS_DTD AS found_day, r.filter AS prs_filter,
		CASE WHEN a.PHA_PRS_C13 > 0 THEN lpad(CAST(a.PHA_PRS_C13 AS STRING), 13, '0')
			WHEN a.PHA_PRS_IDE > 0 THEN lpad(CAST(a.PHA_PRS_IDE AS STRING), 7, '0')
			END AS code
	FROM snds_pha AS a
	LEFT JOIN prs AS r ON @same_care@
) AS found;

CREATE TABLE pha_sum AS
SELECT person_id, day, code, prescriber, executor, CAST(sum(boxes) AS BIGINT) AS quantity,
	CAST(sum(paid) AS BIGINT) AS paid,
	CAST(sum(refunded) AS BIGINT) AS refunded,
	min(obs_end) AS obs_end
FROM pha_row WHERE filter IS NULL
GROUP BY person_id, day, code, prescriber, executor, each_row;

INSERT INTO filter_count
SELECT 'pha', filter, count(*) FROM pha_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'pha', 'regularisation', (SELECT count(*) FROM pha_row WHERE filter IS NULL)
	- (SELECT count(*) FROM pha_sum WHERE NOT (@drop_regularisation@))
UNION ALL
SELECT 'pha', NULL, count(*) FROM pha_sum WHERE NOT (@drop_regularisation@);

CREATE TABLE drug AS
SELECT person_id, day, code, prescriber, executor, quantity AS boxes, paid, refunded,
	obs_end
FROM pha_sum WHERE NOT (@drop_regularisation@);

DROP TABLE pha_row;
DROP TABLE pha_sum;
