-- [add]
INSERT INTO account_person (id, email, name, organisation, language, enabled, password, totp,
	totp_step, created_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, 1, '', $5, 0, $6 FROM account_person
RETURNING id;
-- [by_email]
SELECT id, enabled, password FROM account_person WHERE email = $1;
-- [get]
SELECT id, email, name, organisation, language, enabled, password, totp, totp_step
FROM account_person WHERE id = $1;
-- [organisation_of]
SELECT organisation FROM account_person WHERE id = $1 AND organisation IS NOT NULL;
-- [colleagues]
SELECT id FROM account_person WHERE organisation = $1 ORDER BY id;
-- [list]
SELECT p.id, p.email, p.name, o.name, p.enabled, p.created_at,
	(SELECT COUNT(*) FROM account_session s WHERE s.account = p.id AND s.factors = 2)
FROM account_person p LEFT JOIN account_organisation o ON o.id = p.organisation
ORDER BY p.id;
-- [set_password]
UPDATE account_person SET password = $2 WHERE id = $1;
-- [set_totp]
UPDATE account_person SET totp = $2, totp_step = $3 WHERE id = $1;
-- [use_step]
UPDATE account_person SET totp_step = $2 WHERE id = $1 AND totp_step < $2;
-- [enable]
UPDATE account_person SET enabled = $2 WHERE id = $1 AND enabled <> $2;
-- [forget_factors]
UPDATE account_person SET password = '' WHERE id = $1;
-- [grants]
SELECT role, scope FROM account_grant WHERE account = $1 ORDER BY role, scope;
-- [all_grants]
SELECT account, role, scope FROM account_grant ORDER BY account, role, scope;
-- [grant]
INSERT INTO account_grant (account, role, scope, granted_by, granted_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, role, scope) DO NOTHING;
-- [givers]
SELECT granted_by FROM account_grant WHERE account = $1 ORDER BY role, scope;
-- [revoke]
DELETE FROM account_grant WHERE account = $1 AND role = $2 AND scope = $3;
-- [add_recovery]
INSERT INTO account_recovery (hash, account) VALUES ($1, $2);
-- [forget_recovery]
DELETE FROM account_recovery WHERE account = $1;
-- [use_recovery]
UPDATE account_recovery SET used_at = $3 WHERE hash = $1 AND account = $2 AND used_at IS NULL;
-- [count_recovery]
SELECT COUNT(*) FROM account_recovery WHERE account = $1 AND used_at IS NULL;
-- [add_organisation]
INSERT INTO account_organisation (id, name, created_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM account_organisation RETURNING id;
-- [organisations]
SELECT id, name FROM account_organisation ORDER BY name, id;
-- [organisation]
SELECT id FROM account_organisation WHERE name = $1;
