-- [add]
INSERT INTO account_key (id, account, credential, algorithm, public_key, name, sign_count,
	verified, may_move, created_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM account_key
RETURNING id;
-- [find]
SELECT k.id, k.account, k.algorithm, k.public_key, k.sign_count, k.may_move
FROM account_key k JOIN account_person p ON p.id = k.account
WHERE k.credential = $1 AND k.suspect_at IS NULL AND p.enabled = 1;
-- [known]
SELECT id FROM account_key WHERE credential = $1;
-- [list]
SELECT id, credential, name, verified, created_at, used_at, suspect_at FROM account_key
WHERE account = $1 ORDER BY id;
-- [used]
UPDATE account_key SET sign_count = $2, used_at = $3 WHERE id = $1;
-- [suspect]
UPDATE account_key SET suspect_at = $2 WHERE id = $1;
-- [remove]
DELETE FROM account_key WHERE id = $1 AND account = $2;
-- [remove_all]
DELETE FROM account_key WHERE account = $1;
-- [rename]
UPDATE account_key SET name = $3 WHERE id = $1 AND account = $2;
-- [ask]
INSERT INTO account_challenge (binding, purpose, challenge, account, expires_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (binding, purpose) DO UPDATE SET challenge = excluded.challenge,
	account = excluded.account, expires_at = excluded.expires_at;
-- [asked]
SELECT challenge, account FROM account_challenge
WHERE binding = $1 AND purpose = $2 AND expires_at > $3;
-- [answered]
DELETE FROM account_challenge WHERE (binding = $1 AND purpose = $2) OR expires_at <= $3;
