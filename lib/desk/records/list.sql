-- [find]
WITH found AS MATERIALIZED (
	SELECT b.application, CASE WHEN $13 = 1 THEN -b.changed_day WHEN $13 = 2 THEN b.next_day
		WHEN $13 = 3 THEN -b.application ELSE b.application END AS place
	FROM desk_board b
	WHERE ($1 = '' OR b.route = $1) AND ($2 = '' OR b.state = $2)
		AND ($3 = 2 OR ($3 IN (1, 3) AND (b.actors & $5) <> 0)
			OR (($3 = 4 OR ($3 IN (1, 3) AND (b.actors & $11) <> 0))
				AND ($12 LIKE '%,route/' || b.route || ',%' OR b.application IN (
					SELECT a.id FROM desk_application a
					WHERE $12 LIKE '%,project/' || a.ref || ',%'
					OR $12 LIKE '%,applicant/' || CAST(a.applicant AS TEXT)
						|| ',%')))
			OR ($3 <> 3 AND b.application IN (
				SELECT a.id FROM desk_application a WHERE a.applicant = $4
				UNION ALL
				SELECT m.application FROM desk_member m WHERE m.account = $4)))
		AND ($3 = 0 OR b.submitted_day IS NOT NULL OR b.application IN (
			SELECT a.id FROM desk_application a WHERE a.applicant = $4))
		AND ($6 = 0 OR b.application IN (SELECT d.application FROM desk_due d
			WHERE d.last_day >= $7 AND d.last_day <= $8))
		AND ($9 = '' OR b.application IN (SELECT a.id FROM desk_application a
			WHERE LOWER(a.title) LIKE LOWER($9) ESCAPE '!'
				OR LOWER(a.ref) LIKE LOWER($9) ESCAPE '!'
				OR $10 LIKE '%,' || CAST(a.applicant AS TEXT) || ',%'))
)
SELECT p.id, p.ref, p.title, p.route, p.state, p.outcome, p.submitted_day, p.changed_day,
	p.next_day, '', '', t.total
FROM (SELECT COUNT(*) AS total FROM found) t LEFT JOIN (
	SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
		b.next_day, f.place
	FROM (SELECT application, place FROM found ORDER BY place, application
		LIMIT $14 OFFSET $15) f
	JOIN desk_application a ON a.id = f.application
	JOIN desk_board b ON b.application = f.application) p ON 1 = 1
ORDER BY p.place, p.id;
-- [tasks]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	b.next_day, '', ''
FROM desk_board b JOIN desk_application a ON a.id = b.application
WHERE b.actors <> 0 AND (b.actors & $1) <> 0
ORDER BY b.next_day, b.application LIMIT $2;
-- [count_tasks]
SELECT COUNT(*) FROM desk_board b
WHERE b.actors <> 0 AND ((b.actors & $1) <> 0 OR ((b.actors & 1) <> 0 AND b.application IN (
	SELECT id FROM desk_application WHERE applicant = $2
	UNION ALL SELECT application FROM desk_member WHERE account = $2)));
-- [count_tasks_in_parts]
SELECT COUNT(*) FROM desk_board b JOIN desk_application a ON a.id = b.application
WHERE b.actors <> 0 AND ((b.actors & $1) <> 0
	OR ((b.actors & 1) <> 0 AND (a.applicant = $2
		OR a.id IN (SELECT application FROM desk_member WHERE account = $2)))
	OR ((b.actors & $3) <> 0 AND b.submitted_day IS NOT NULL
		AND ($4 LIKE '%,route/' || b.route || ',%' OR $4 LIKE '%,project/' || a.ref || ',%'
			OR $4 LIKE '%,applicant/' || CAST(a.applicant AS TEXT) || ',%')));
