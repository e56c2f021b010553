-- Diagnoses of SSR, HAD and psychiatry. In: @field@_code, @field@_stay. Out: @care@ (the stay's
-- year, eta, number; person_id, days, code, position): a row a stay, code and position.
CREATE TABLE other_code AS
WITH checked AS (
	SELECT year, eta, number, person_id, first_day, last_day, code, position,
		@filters@ AS filter
	FROM (
		SELECT d.year, d.eta, d.number, s.person_id, s.person_id AS stay_person,
			s.first_day, s.last_day, d.code, d.position
		FROM @field@_code AS d
		LEFT JOIN @field@_stay AS s
			ON s.year = d.year AND s.eta = d.eta AND s.number = d.number
	) AS found
), ranked AS (
	SELECT year, eta, number, person_id, first_day, last_day, code, position, filter,
		row_number() OVER (PARTITION BY filter, year, eta, number, code, position
			ORDER BY person_id NULLS LAST) AS rank
	FROM checked
)
SELECT year, eta, number, person_id, first_day, last_day, code, position,
	CASE WHEN filter IS NULL AND @drop_repeated_code@ THEN 'repeated_code' ELSE filter END
		AS filter
FROM ranked;

INSERT INTO filter_count SELECT '@stage@', filter, count(*) FROM other_code GROUP BY filter;

CREATE TABLE @care@ AS
SELECT year, eta, number, person_id, first_day, last_day, code, position
FROM other_code WHERE filter IS NULL;

DROP TABLE other_code;
