-- [number]
UPDATE mail_last SET id = id + 1 WHERE one = 1 RETURNING id;
-- [add]
INSERT INTO mail_waiting (id, receiver, text, tries, next_at) VALUES ($1, $2, $3, 0, $4);
-- [due]
SELECT id, receiver, text, tries FROM mail_waiting
WHERE next_at <= $1 OR next_at > $2 ORDER BY tries, id LIMIT 20;
-- [sent]
DELETE FROM mail_waiting WHERE id = $1;
-- [claim]
UPDATE mail_waiting SET tries = tries + 1, next_at = $3
WHERE id = $1 AND (next_at <= $2 OR next_at > $4);
-- [size]
SELECT COUNT(*) FROM mail_waiting;
-- [failed]
SELECT COUNT(*) FROM mail_waiting WHERE tries > 0;
