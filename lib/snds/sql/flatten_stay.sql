-- The stays of one field and year. In: @care@ (kept stays) and removed_stay, @patient@ with
-- @day@, its last day; $year, $stage. Out: flat_stay (eta, number, month, person_id, filter);
-- month 0: the last day is unknown or of another year.
CREATE TABLE flat_stay AS
SELECT s.eta, s.number, s.person_id, s.filter,
	CASE WHEN year(@day@) = $year THEN month(@day@) ELSE 0 END AS month
FROM (
	SELECT eta, @number@ AS number, person_id, CAST(NULL AS STRING) AS filter
	FROM @care@ WHERE year = $year
	UNION ALL
	SELECT eta, number, person_id, filter
	FROM removed_stay WHERE stage = $stage AND year = $year AND part IS NULL
) AS s
LEFT JOIN @patient@ AS c ON c.@patient_eta@ = s.eta AND c.@patient_number@ = s.number;
