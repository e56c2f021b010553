-- [next]
SELECT COALESCE(MAX(id), 0) + 1 FROM desk_application;
-- [add]
INSERT INTO desk_application (id, ref, title, applicant, events) VALUES ($1, $2, $3, $4, $5);
-- [grow]
UPDATE desk_application SET events = $2 WHERE id = $1;
-- [find]
SELECT id FROM desk_application WHERE ref = $1;
-- [add_event]
INSERT INTO desk_event (application, seq, at, actor, role, type, v, data)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- [events_of]
SELECT e.application, e.at, e.actor, e.role, e.type, e.v, e.data, a.ref, a.title
FROM desk_event e JOIN desk_application a ON a.id = e.application
WHERE e.application = $1
ORDER BY e.seq;
-- [events]
SELECT e.application, e.at, e.actor, e.role, e.type, e.v, e.data, a.ref, a.title
FROM desk_event e JOIN desk_application a ON a.id = e.application
WHERE e.application >= $1 AND e.application < $2
ORDER BY e.application, e.seq;
