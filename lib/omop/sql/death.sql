-- Deaths. In: ben, person_row, snds_cci. Out: death_row (a record of a death: person_key,
-- death_date, cause, type, filter).
CREATE TABLE death_row AS
WITH by_idt AS (
	SELECT idt, min(person_key) AS person_key FROM ben
	WHERE filter IS NULL AND idt IS NOT NULL GROUP BY idt
), found AS (
	SELECT person_key, death_date, CAST(NULL AS VARCHAR) AS cause, 2 AS priority
	FROM ben WHERE filter IS NULL AND death_date IS NOT NULL
	UNION ALL
	SELECT coalesce(i.person_key, p.person_key), c.BEN_DCD_DTE, plain_code(c.DCD_CIM_COD), 1
	FROM snds_cci AS c
	LEFT JOIN by_idt AS i ON i.idt = c.BEN_IDT_ANO
	LEFT JOIN person_row AS p ON p.person_key = c.BEN_NIR_ANO
), checked AS (
	SELECT *, CASE WHEN drop_death_sentinel(death_date) THEN 'death_sentinel'
		WHEN drop_unknown_person(person_key) THEN 'unknown_person' END AS filter
	FROM found
)
SELECT person_key, death_date, cause,
	CASE WHEN priority = 1 THEN 32815 ELSE 32813 END AS type,
	CASE WHEN filter IS NULL AND drop_one_death(row_number() OVER (
		PARTITION BY filter, person_key ORDER BY priority, death_date, cause NULLS LAST))
		THEN 'one_death' ELSE filter END AS filter
FROM checked;

INSERT INTO filter_count SELECT 'death', filter, count(*) FROM death_row GROUP BY filter;
