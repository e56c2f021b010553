-- [of_role]
SELECT p.id, p.email, p.name, p.language FROM account_grant g
	JOIN account_person p ON p.id = g.account
WHERE g.role = $1 AND g.scope = '' AND p.enabled = 1 ORDER BY p.id;
-- [one]
SELECT id, email, name, language FROM account_person WHERE id = $1 AND (enabled = 1 OR $2 = 0);
-- [roles]
SELECT role FROM account_grant WHERE account = $1 AND scope = '';
-- [named]
SELECT id, email, name, language FROM account_person
WHERE LOWER(name) LIKE LOWER($1) ESCAPE '!' OR LOWER(email) LIKE LOWER($1) ESCAPE '!'
ORDER BY id LIMIT $2;
