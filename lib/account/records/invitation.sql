-- [add]
INSERT INTO account_invitation (id, hash, email, name, language, organisation, role, scope,
	account, totp, created_by, created_at, expires_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
FROM account_invitation RETURNING id;
-- [find]
SELECT id, email, name, language, organisation, role, scope, account, totp, created_by
FROM account_invitation WHERE hash = $1 AND ended_at IS NULL AND expires_at > $2;
-- [end]
UPDATE account_invitation SET ended_at = $2, totp = $3
WHERE id = $1 AND ended_at IS NULL;
-- [end_of]
UPDATE account_invitation SET ended_at = $2, totp = $3
WHERE email = $1 AND ended_at IS NULL;
-- [waiting]
SELECT role FROM account_invitation WHERE email = $1 AND ended_at IS NULL AND expires_at > $2
ORDER BY role DESC LIMIT 1;
-- [open]
SELECT id, email, name, role, scope, account, created_at, expires_at FROM account_invitation
WHERE ended_at IS NULL AND expires_at > $1 ORDER BY id;
-- [add_reset]
INSERT INTO account_reset (hash, account, expires_at) VALUES ($1, $2, $3);
-- [find_reset]
SELECT r.account, p.email, p.name FROM account_reset r JOIN account_person p ON p.id = r.account
WHERE r.hash = $1 AND r.expires_at > $2 AND p.enabled = 1;
-- [end_resets]
DELETE FROM account_reset WHERE account = $1 OR expires_at < $2;
-- [forgotten]
INSERT INTO account_forgotten (email, asked_at) VALUES ($1, $2)
ON CONFLICT (email) DO UPDATE SET asked_at = excluded.asked_at;
-- [all_forgotten]
SELECT f.email, p.id, p.name, p.language FROM account_forgotten f
LEFT JOIN account_person p ON p.email = f.email AND p.enabled = 1 AND p.password <> ''
ORDER BY f.email LIMIT 50;
-- [answered]
DELETE FROM account_forgotten WHERE email = $1;
