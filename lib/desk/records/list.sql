-- [find]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	(SELECT MIN(d.last_day) FROM desk_due d WHERE d.application = a.id)
FROM desk_board b JOIN desk_application a ON a.id = b.application
WHERE ($1 = '' OR b.route = $1) AND ($2 = '' OR b.state = $2)
	AND ($3 = 2 OR ($3 = 1 AND (b.actors & $5) <> 0)
		OR a.applicant = $4
		OR a.id IN (SELECT m.application FROM desk_member m WHERE m.account = $4))
	AND ($3 = 0 OR b.submitted_day IS NOT NULL OR a.applicant = $4)
	AND ($6 = 0 OR EXISTS (SELECT 1 FROM desk_due d WHERE d.application = a.id
		AND d.last_day >= $7 AND d.last_day <= $8))
ORDER BY CASE WHEN $9 = 1 THEN -b.changed_day WHEN $9 = 2 THEN COALESCE(
	(SELECT MIN(d.last_day) FROM desk_due d WHERE d.application = a.id), 1000000)
	WHEN $9 = 3 THEN -a.id ELSE a.id END, a.id
LIMIT $10 OFFSET $11;
-- [count]
SELECT COUNT(*) FROM desk_board b JOIN desk_application a ON a.id = b.application
WHERE ($1 = '' OR b.route = $1) AND ($2 = '' OR b.state = $2)
	AND ($3 = 2 OR ($3 = 1 AND (b.actors & $5) <> 0)
		OR a.applicant = $4
		OR a.id IN (SELECT m.application FROM desk_member m WHERE m.account = $4))
	AND ($3 = 0 OR b.submitted_day IS NOT NULL OR a.applicant = $4)
	AND ($6 = 0 OR EXISTS (SELECT 1 FROM desk_due d WHERE d.application = a.id
		AND d.last_day >= $7 AND d.last_day <= $8));
