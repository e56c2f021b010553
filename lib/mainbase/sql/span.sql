-- First and last day of the data. In: snds_prs, snds_mco_c; $first_day, $last_day (text, NULL:
-- the first and last day on which care was given). Out: span, one row.
CREATE TABLE span AS
SELECT coalesce(CAST($first_day AS DATE), min(day)) AS first_day,
	coalesce(CAST($last_day AS DATE), max(day)) AS last_day
FROM (
	SELECT EXE_SOI_DTD AS day FROM snds_prs WHERE $first_day IS NULL OR $last_day IS NULL
	UNION ALL
	SELECT EXE_SOI_DTD FROM snds_mco_c WHERE $first_day IS NULL OR $last_day IS NULL
) AS days;
