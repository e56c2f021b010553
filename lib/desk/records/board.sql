-- [forget]
DELETE FROM desk_board WHERE application = $1;
-- [forget_due]
DELETE FROM desk_due WHERE application = $1;
-- [forget_members]
DELETE FROM desk_member WHERE application = $1;
-- [put]
INSERT INTO desk_board (application, route, version, state, outcome, actors, opinion, opinion_mode,
	decision_mode, decision_day, submitted_day, changed_day, next_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);
-- [put_due]
INSERT INTO desk_due (application, clock, last_day, effect, actor) VALUES ($1, $2, $3, $4, $5);
-- [put_member]
INSERT INTO desk_member (application, account) VALUES ($1, $2);
-- [stale]
SELECT application FROM desk_due
WHERE effect <> 'alert' AND last_day < $1 AND application > $3
UNION SELECT application FROM desk_board WHERE changed_day > $1 AND application > $3
ORDER BY 1 LIMIT $2;
-- [row]
SELECT route, version, state, outcome, actors, opinion, opinion_mode, decision_mode,
	decision_day, submitted_day, changed_day, next_day
FROM desk_board WHERE application = $1;
-- [dues]
SELECT clock, last_day, effect, actor FROM desk_due WHERE application = $1 ORDER BY clock;
-- [members]
SELECT account FROM desk_member WHERE application = $1 ORDER BY account;
-- [mine]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	b.next_day, '', ''
FROM (SELECT id FROM desk_application WHERE applicant = $1 AND id > $2
	UNION SELECT application FROM desk_member WHERE account = $1 AND application > $2
	ORDER BY 1 LIMIT $3) m
	JOIN desk_application a ON a.id = m.id JOIN desk_board b ON b.application = m.id
ORDER BY m.id;
-- [tasks]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	b.next_day, '', ''
FROM desk_board b JOIN desk_application a ON a.id = b.application
WHERE b.actors <> 0 AND (b.actors & $1) <> 0 AND b.application > $2
ORDER BY b.application LIMIT $3;
-- [due]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	d.last_day, d.clock, d.effect
FROM desk_due d JOIN desk_application a ON a.id = d.application
	JOIN desk_board b ON b.application = d.application
WHERE d.last_day = $1 AND d.application > $2
ORDER BY d.application, d.clock LIMIT $3;
-- [late]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	d.last_day, d.clock, d.effect
FROM desk_due d JOIN desk_application a ON a.id = d.application
	JOIN desk_board b ON b.application = d.application
WHERE d.last_day < $1 AND d.application > $2
ORDER BY d.application, d.clock LIMIT $3;
-- [tacit]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	d.last_day, d.clock, d.effect
FROM desk_due d JOIN desk_application a ON a.id = d.application
	JOIN desk_board b ON b.application = d.application
WHERE d.effect NOT IN ('alert', 'right_ends') AND d.last_day = $1 AND d.application > $2
ORDER BY d.application, d.clock LIMIT $3;
-- [all]
SELECT a.id, a.ref, a.title, b.route, b.state, b.outcome, b.submitted_day, b.changed_day,
	b.next_day, '', ''
FROM desk_application a JOIN desk_board b ON b.application = a.id
WHERE $1 >= 0 AND a.id > $2
ORDER BY a.id LIMIT $3;
-- [numbers]
SELECT id FROM desk_application WHERE id > $1 ORDER BY id LIMIT $2;
