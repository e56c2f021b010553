-- Rows of one table of the PMSI and year, with their stay. In: @relation@ as r, flat_stay,
-- removed_stay, @joins@ (its patient, its main row); $name, $year, $row_stage. Out: flat_fate
-- (@columns@, flat_month, flat_person, flat_filter), flat_count.
CREATE TABLE flat_fate AS
SELECT @columns@, coalesce(s.month, 0) AS flat_month, s.person_id AS flat_person,
	CASE WHEN s.eta IS NULL THEN 'unlinked_stay' ELSE coalesce(s.filter, x.filter) END
		AS flat_filter
FROM @relation@ AS r
LEFT JOIN flat_stay AS s ON s.eta = r.@eta@ AND s.number = r.@number@
LEFT JOIN (
	SELECT eta, number, part, filter FROM removed_stay
	WHERE stage = $row_stage AND year = $year
) AS x ON x.eta = r.@eta@ AND x.number = r.@number@ AND x.part = @part@
@joins@;

INSERT INTO flat_count
SELECT $name, flat_filter, count(*) FROM flat_fate GROUP BY flat_filter;
