-- One month. In: @owned@, and @lines@ (child, keys, line: of all children). Out: care (keys and
-- filter of each row of ER_PRS_F), line (the rows that need several lines: keys, line), flat_count.
CREATE TABLE care AS
SELECT @keys@, 1 AS found, @filters_prs@ AS filter FROM @owned@ AS owned;

INSERT INTO flat_count
SELECT 'ER_PRS_F', filter, count(*) FROM care GROUP BY filter;

INSERT INTO flat_count
SELECT child, filter, count(*)
FROM (
	SELECT a.child,
		CASE WHEN r.found IS NULL THEN 'no_reimbursement' ELSE r.filter END AS filter
	FROM (@lines@) AS a
	LEFT JOIN care AS r ON @same_care@
) AS fate
GROUP BY child, filter;

CREATE TABLE line AS
SELECT DISTINCT @keys@, line
FROM (@lines@) AS a
SEMI JOIN (SELECT @keys@ FROM (@lines@) AS b WHERE line = 2) AS r ON @same_care@;
