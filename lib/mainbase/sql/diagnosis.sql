-- Diagnoses of stays. In: stay, snds_mco_d. Out: diagnosis (the stay's year, eta, rsa;
-- person_id, days, code, position).
CREATE TABLE das AS
WITH found AS (
	SELECT d.year, d.eta, d.rsa, s.person_id, s.person_id AS stay_person, s.first_day,
		s.last_day, d.ASS_DGN AS code
	FROM snds_mco_d AS d
	LEFT JOIN stay AS s ON s.year = d.year AND s.eta = d.eta AND s.rsa = d.rsa
), checked AS (
	SELECT *, @filters_das@ AS filter FROM found
), ranked AS (
	SELECT *, row_number() OVER (PARTITION BY filter, year, eta, rsa, code
		ORDER BY person_id NULLS LAST) AS rank
	FROM checked
)
SELECT year, eta, rsa, person_id, first_day, last_day, code,
	CASE WHEN filter IS NULL AND @drop_repeated_code@ THEN 'repeated_code' ELSE filter END
		AS filter
FROM ranked;

INSERT INTO filter_count SELECT 'das', filter, count(*) FROM das GROUP BY filter;

CREATE TABLE diagnosis AS
SELECT year, eta, rsa, person_id, first_day, last_day, code, 'DGN_PAL' AS position
FROM (SELECT *, principal AS code FROM stay) AS principals WHERE NOT (@drop_missing_code@)
UNION ALL
SELECT year, eta, rsa, person_id, first_day, last_day, code, 'DGN_REL'
FROM (SELECT *, related AS code FROM stay) AS relateds WHERE NOT (@drop_missing_code@)
UNION ALL
SELECT year, eta, rsa, person_id, first_day, last_day, code, 'ASS_DGN'
FROM das WHERE filter IS NULL;

DROP TABLE das;
