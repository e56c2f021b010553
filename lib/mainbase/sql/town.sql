-- Care in town that hangs on a line of ER_PRS_F. In: @source@, prs. Out: @care@ (person_id, day,
-- code, prescriber, executor, quantity, paid and refunded in cents, obs_end): a row a person, day,
-- code, prescriber and executor, after regularisation. Quantities are summed as whole hundredths.
CREATE TABLE town_row AS
SELECT person_id, day, code, prescriber, executor, hundredths, paid, refunded, obs_end,
	@each_row@ AS each_row,
	@filters@ AS filter
FROM (
	SELECT r.person_id, r.first_day AS day, r.PFS_PRE_NUM AS prescriber,
		r.PFS_EXE_NUM AS executor, a.code, r.obs_end, r.FLX_DIS_DTD AS found_day,
		r.filter AS prs_filter,
		CAST(round(r.PRS_PAI_MNT * 100) AS BIGINT) AS paid,
		CAST(round((coalesce(r.BSE_REM_MNT, 0) + coalesce(r.CPL_REM_MNT, 0)) * 100)
			AS BIGINT) AS refunded,
		CAST(round(@quantity@ * 100) AS BIGINT) AS hundredths
	FROM @source@ AS a
	LEFT JOIN prs AS r ON @same_care@
) AS found;

CREATE TABLE town_sum AS
SELECT person_id, day, code, prescriber, executor, CAST(sum(hundredths) AS BIGINT) AS quantity,
	CAST(sum(paid) AS BIGINT) AS paid,
	CAST(sum(refunded) AS BIGINT) AS refunded,
	min(obs_end) AS obs_end
FROM town_row WHERE filter IS NULL
GROUP BY person_id, day, code, prescriber, executor, each_row;

INSERT INTO filter_count
SELECT '@stage@', filter, count(*) FROM town_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT '@stage@', 'regularisation', (SELECT count(*) FROM town_row WHERE filter IS NULL)
	- (SELECT count(*) FROM town_sum WHERE NOT (@drop_regularisation@))
UNION ALL
SELECT '@stage@', NULL, count(*) FROM town_sum WHERE NOT (@drop_regularisation@);

CREATE TABLE @care@ AS
SELECT person_id, day, code, prescriber, executor, CAST(quantity AS DOUBLE) / 100 AS quantity, paid,
	refunded, obs_end
FROM town_sum WHERE NOT (@drop_regularisation@);

DROP TABLE town_row;
DROP TABLE town_sum;
