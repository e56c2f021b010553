-- What becomes of the rows of one month. In: @owned@, and @children@ (child, keys: all rows of all
-- children). Out: flat_count; flat_care (keys and filter of each row of ER_PRS_F) comes and goes.
CREATE TABLE flat_care AS
SELECT @keys@, 1 AS found, @filters_prs@ AS filter FROM @owned@ AS owned;

INSERT INTO flat_count
SELECT 'ER_PRS_F', filter, count(*) FROM flat_care GROUP BY filter;

INSERT INTO flat_count
SELECT child, filter, count(*)
FROM (
	SELECT a.child,
		CASE WHEN r.found IS NULL THEN 'no_reimbursement' ELSE r.filter END AS filter
	FROM (@children@) AS a
	LEFT JOIN flat_care AS r ON @same_care@
) AS fate
GROUP BY child, filter;

DROP TABLE flat_care;
