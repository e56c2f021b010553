-- [of_role]
SELECT p.id, p.email, p.name, p.language FROM account_person p
WHERE p.enabled = 1 AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account = p.id
	AND g.role = $1 AND (g.scope = '' OR REPLACE($2, ',' || g.scope || ',', '') <> $2))
ORDER BY p.id;
-- [one]
SELECT id, email, name, language FROM account_person WHERE id = $1 AND (enabled = 1 OR $2 = 0);
-- [named]
SELECT id, email, name, language FROM account_person
WHERE LOWER(name) LIKE LOWER($1) ESCAPE '!' OR LOWER(email) LIKE LOWER($1) ESCAPE '!'
ORDER BY id LIMIT $2;
