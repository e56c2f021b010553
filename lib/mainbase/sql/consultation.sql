-- Consultations. In: prs, list_consultation_natures. Out: consultation (person_id, day,
-- executor, nature, specialty, paid and refunded in cents): a row a person, day and professional,
-- after regularisation.
CREATE TABLE consultation_row AS
SELECT person_id, first_day AS day, PRS_NAT_REF AS nature, PFS_EXE_NUM AS executor,
	PFS_PRE_NUM AS prescriber, PSE_SPE_COD AS specialty,
	CAST(round(PRS_PAI_MNT * 100) AS BIGINT) AS paid,
	CAST(round((coalesce(BSE_REM_MNT, 0) + coalesce(CPL_REM_MNT, 0)) * 100) AS BIGINT)
		AS refunded,
	CAST(round(PRS_ACT_QTE * 100) AS BIGINT) AS hundredths, @each_row@ AS each_row,
	@filters_consultation@ AS filter
FROM prs
WHERE filter IS NULL
	AND PRS_NAT_REF IN (SELECT CAST(code AS INTEGER) FROM list_consultation_natures);

CREATE TABLE consultation_sum AS
SELECT person_id, day, nature, executor, prescriber, min(specialty) AS specialty,
	CAST(sum(paid) AS BIGINT) AS paid,
	CAST(sum(refunded) AS BIGINT) AS refunded,
	CAST(sum(hundredths) AS BIGINT) AS quantity
FROM consultation_row WHERE filter IS NULL
GROUP BY person_id, day, nature, executor, prescriber, each_row;

INSERT INTO filter_count
SELECT 'consultation', filter, count(*) FROM consultation_row
WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'consultation', 'regularisation',
	(SELECT count(*) FROM consultation_row WHERE filter IS NULL)
	- (SELECT count(*) FROM consultation_sum WHERE NOT (@drop_regularisation@))
UNION ALL
SELECT 'consultation', NULL, count(*) FROM consultation_sum WHERE NOT (@drop_regularisation@);

CREATE TABLE consultation AS
SELECT person_id, day, executor, min(nature) AS nature, min(specialty) AS specialty,
	CAST(sum(paid) AS BIGINT) AS paid,
	CAST(sum(refunded) AS BIGINT) AS refunded
FROM consultation_sum WHERE NOT (@drop_regularisation@)
GROUP BY person_id, day, executor;

DROP TABLE consultation_row;
DROP TABLE consultation_sum;
