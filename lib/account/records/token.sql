-- [add]
INSERT INTO account_token (id, hash, account, name, scopes, created_at, expires_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM account_token RETURNING id;
-- [find]
SELECT t.id, t.account, t.scopes, t.seen_at, p.email, p.name, p.language, p.organisation
FROM account_token t JOIN account_person p ON p.id = t.account
WHERE t.hash = $1 AND t.ended_at IS NULL AND t.expires_at > $2 AND p.enabled = 1;
-- [touch]
UPDATE account_token SET seen_at = $2 WHERE id = $1;
-- [end]
UPDATE account_token SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL;
-- [end_all]
UPDATE account_token SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL;
-- [list]
SELECT id, name, scopes, created_at, expires_at, seen_at FROM account_token
WHERE account = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY id;
