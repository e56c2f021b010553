-- [add]
INSERT INTO desk_committee_event (committee, seq, at, actor, role, type, v, data)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- [events]
SELECT at, actor, role, type, v, data FROM desk_committee_event
WHERE committee = $1 ORDER BY seq;
