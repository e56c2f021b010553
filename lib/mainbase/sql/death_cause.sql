-- All causes on death certificates. In: snds_ecd, ben, person. Out: death_cause (person_id, day,
-- code): a row a person and code, on the day of death that was kept.
CREATE TABLE cause_row AS
WITH by_idt AS (
	SELECT idt, min(person_key) AS person_key FROM ben
	WHERE filter IS NULL AND idt IS NOT NULL GROUP BY idt
), found AS (
	SELECT p.person_id, e.code,
		CASE WHEN p.person_id IS NULL THEN e.BEN_DCD_DTE ELSE p.death_date END
			AS death_date
	FROM snds_ecd AS e
	LEFT JOIN by_idt AS i ON i.idt = e.BEN_IDT_ANO
	LEFT JOIN person AS p ON p.person_key = coalesce(i.person_key, e.BEN_NIR_ANO)
), checked AS (
	SELECT person_id, death_date, code, @filters_ecd@ AS filter FROM found
), ranked AS (
	SELECT person_id, death_date, code, filter, row_number() OVER (
		PARTITION BY filter, person_id, code ORDER BY death_date NULLS LAST) AS rank
	FROM checked
)
SELECT person_id, death_date, code,
	CASE WHEN filter IS NULL AND @drop_repeated_code@ THEN 'repeated_code' ELSE filter END
		AS filter
FROM ranked;

INSERT INTO filter_count SELECT 'ecd', filter, count(*) FROM cause_row GROUP BY filter;

CREATE TABLE death_cause AS
SELECT person_id, death_date AS day, code FROM cause_row WHERE filter IS NULL;

DROP TABLE cause_row;
