-- [begin]
INSERT INTO account_oidc_flow (state, binding, purpose, issuer, secrets, account, invitation,
	next, language, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
-- [find]
SELECT purpose, issuer, secrets, account, invitation, next, language FROM account_oidc_flow
WHERE state = $1 AND binding = $2 AND expires_at > $3;
-- [end]
DELETE FROM account_oidc_flow WHERE (state = $1 AND binding = $2) OR expires_at <= $3;
-- [person]
SELECT p.id, p.enabled FROM account_identity i JOIN account_person p ON p.id = i.account
WHERE i.issuer = $1 AND i.subject = $2;
-- [link]
INSERT INTO account_identity (issuer, subject, account, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (issuer, subject) DO NOTHING;
-- [used]
UPDATE account_identity SET used_at = $3 WHERE issuer = $1 AND subject = $2;
-- [unlink]
DELETE FROM account_identity WHERE account = $1 AND issuer = $2;
-- [unlink_all]
DELETE FROM account_identity WHERE account = $1;
-- [linked]
SELECT created_at, used_at FROM account_identity WHERE account = $1 AND issuer = $2
ORDER BY created_at;
-- [wait]
INSERT INTO account_oidc_pending (binding, invitation, issuer, subject, acr, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (binding, invitation) DO UPDATE SET issuer = excluded.issuer,
	subject = excluded.subject, acr = excluded.acr, expires_at = excluded.expires_at;
-- [waiting]
SELECT issuer, subject, acr FROM account_oidc_pending
WHERE binding = $1 AND invitation = $2 AND expires_at > $3;
-- [waited]
DELETE FROM account_oidc_pending WHERE (binding = $1 AND invitation = $2) OR expires_at <= $3;
-- [came_by]
UPDATE account_session SET acr = $2, id_token = $3 WHERE hash = $1;
-- [id_token]
SELECT id_token FROM account_session WHERE hash = $1;
-- [invitation]
SELECT email FROM account_invitation WHERE id = $1 AND ended_at IS NULL AND expires_at > $2;
