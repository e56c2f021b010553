-- [number]
UPDATE desk_letter_last SET id = id + 1 WHERE one = 1 RETURNING id;
-- [add]
INSERT INTO desk_letter (id, application, account, letter, at, queued_at)
VALUES ($1, $2, $3, $4, $5, $6);
-- [of]
SELECT l.id, l.application, l.account, l.letter, l.at, l.queued_at, COALESCE(a.ref, '')
FROM desk_letter l LEFT JOIN desk_application a ON a.id = l.application
WHERE l.application = $1 ORDER BY l.id;
-- [waiting]
SELECT DISTINCT account FROM desk_letter
WHERE queued_at = 0 AND at < $1 AND account > $3 ORDER BY account LIMIT $2;
-- [waiting_of]
SELECT l.id, l.application, l.account, l.letter, l.at, l.queued_at, COALESCE(a.ref, '')
FROM desk_letter l LEFT JOIN desk_application a ON a.id = l.application
WHERE l.queued_at = 0 AND l.account = $1 AND l.at < $2 ORDER BY l.id;
-- [take]
UPDATE desk_letter SET queued_at = $3 WHERE queued_at = 0 AND account = $1 AND at < $2;
-- [is_daily]
SELECT 1 FROM desk_letter_choice WHERE account = $1 AND how = 'daily';
-- [choose]
INSERT INTO desk_letter_choice (account, how) VALUES ($1, $2)
ON CONFLICT (account) DO UPDATE SET how = excluded.how;
-- [tell_once]
INSERT INTO desk_reminded (application, kind, day, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (application, kind, day) DO NOTHING;
-- [was_told]
SELECT 1 FROM desk_reminded WHERE application = $1 AND kind = $2 AND day = $3;
-- [give_calendar]
INSERT INTO desk_calendar (account, hash, made_at) VALUES ($1, $2, $3);
-- [end_calendar]
DELETE FROM desk_calendar WHERE account = $1;
-- [calendar_of]
SELECT account FROM desk_calendar WHERE hash = $1;
