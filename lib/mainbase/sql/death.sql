-- Deaths. In: ben, person_row, snds_cci. Out: death_row (a record of a death: person_key,
-- death_date, cause, origin, filter).
CREATE TABLE death_row AS
WITH by_idt AS (
	SELECT idt, min(person_key) AS person_key FROM ben
	WHERE filter IS NULL AND idt IS NOT NULL GROUP BY idt
), found AS (
	SELECT person_key AS person_id, death_date, CAST(NULL AS STRING) AS cause,
		'IR_BEN_R' AS origin
	FROM ben WHERE filter IS NULL
	UNION ALL
	SELECT coalesce(i.person_key, p.person_key), c.BEN_DCD_DTE, c.DCD_CIM_COD, 'KI_CCI_R'
	FROM snds_cci AS c
	LEFT JOIN by_idt AS i ON i.idt = c.BEN_IDT_ANO
	LEFT JOIN person_row AS p ON p.person_key = c.BEN_NIR_ANO
), checked AS (
	SELECT *, @filters_death@ AS filter FROM found
), ranked AS (
	SELECT *, row_number() OVER (PARTITION BY filter, person_id
		ORDER BY origin DESC, death_date NULLS LAST, cause NULLS LAST) AS rank
	FROM checked
)
SELECT person_id AS person_key, death_date, cause, origin,
	CASE WHEN filter IS NULL AND @drop_one_death@ THEN 'one_death' ELSE filter END AS filter
FROM ranked;

INSERT INTO filter_count SELECT 'death', filter, count(*) FROM death_row GROUP BY filter;
