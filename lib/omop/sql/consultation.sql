-- Consultations. In: prs, list_consultation_natures. Out: consultation (person_id, day,
-- executor, nature): a row a person, day and professional, after regularisation.
CREATE TABLE consultation_row AS
SELECT person_id, EXE_SOI_DTD AS day, PRS_NAT_REF AS nature, PFS_EXE_NUM AS executor,
	PFS_PRE_NUM AS prescriber, CAST(round(PRS_ACT_QTE * 100) AS BIGINT) AS hundredths,
	CASE WHEN drop_complement(CPL_MAJ_TOP) THEN 'complement' END AS filter
FROM prs
WHERE filter IS NULL
	AND PRS_NAT_REF IN (SELECT CAST(code AS INTEGER) FROM list_consultation_natures);

CREATE TABLE consultation_sum AS
SELECT person_id, day, nature, executor, prescriber,
	drop_regularisation(sum(hundredths)) AS taken_back
FROM consultation_row WHERE filter IS NULL
GROUP BY person_id, day, nature, executor, prescriber;

INSERT INTO filter_count
SELECT 'consultation', filter, count(*) FROM consultation_row
WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'consultation', 'regularisation',
	(SELECT count(*) FROM consultation_row WHERE filter IS NULL)
	- (SELECT count(*) FROM consultation_sum WHERE NOT taken_back)
UNION ALL
SELECT 'consultation', NULL, count(*) FROM consultation_sum WHERE NOT taken_back;

CREATE TABLE consultation AS
SELECT person_id, day, executor, min(nature) AS nature
FROM consultation_sum WHERE NOT taken_back
GROUP BY person_id, day, executor;

DROP TABLE consultation_row;
DROP TABLE consultation_sum;
