-- [add]
INSERT INTO account_session (hash, public_id, account, factors, created_at, seen_at, fresh_at,
	address, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
-- [find]
SELECT s.account, s.public_id, s.factors, s.created_at, s.seen_at, s.fresh_at, p.email, p.name,
	p.language, p.organisation, s.acr
FROM account_session s JOIN account_person p ON p.id = s.account
WHERE s.hash = $1 AND p.enabled = 1;
-- [touch]
UPDATE account_session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2;
-- [end]
DELETE FROM account_session WHERE hash = $1;
-- [end_public]
DELETE FROM account_session WHERE account = $1 AND public_id = $2;
-- [end_all]
DELETE FROM account_session WHERE account = $1;
-- [end_others]
DELETE FROM account_session WHERE account = $1 AND public_id <> $2;
-- [purge]
DELETE FROM account_session WHERE seen_at < $1 OR created_at < $2;
-- [list]
SELECT public_id, created_at, seen_at, address, agent FROM account_session
WHERE account = $1 AND factors = 2 AND seen_at >= $2 AND created_at >= $3
ORDER BY seen_at DESC, public_id;
-- [raise]
UPDATE account_session SET hash = $2, public_id = $3, factors = 2, created_at = $4, seen_at = $5,
	fresh_at = $5, address = $6, agent = $7
WHERE hash = $1;
