-- The ATC of each drug. In: snds_pha_r. Out: cohort_atc (kind, code, atc): CIP, the CIP13 and,
-- for rows too old for one, the CIP7; UCD, the UCD7.
CREATE TABLE cohort_atc AS
SELECT DISTINCT kind, code, atc
FROM (
	SELECT 'CIP' AS kind, PHA_CIP_C13 AS code, PHA_ATC_C07 AS atc FROM snds_pha_r
	UNION ALL
	SELECT 'CIP', PHA_PRS_IDE, PHA_ATC_C07 FROM snds_pha_r
	UNION ALL
	SELECT 'UCD', right(lpad(trim(PHA_CIP_UCD), 13, '0'), 7), PHA_ATC_C07 FROM snds_pha_r
) AS named
WHERE trim(LEADING '0' FROM code) <> '' AND atc <> '';
