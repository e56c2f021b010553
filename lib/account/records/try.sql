-- [get]
SELECT tries, last_at FROM account_try WHERE key = $1;
-- [count]
INSERT INTO account_try (key, tries, last_at) VALUES ($1, 1, $2)
ON CONFLICT (key) DO UPDATE SET tries = account_try.tries + 1, last_at = excluded.last_at;
-- [forgive]
UPDATE account_try SET tries = tries - 1 WHERE key = $1 AND tries > 0;
-- [forget]
DELETE FROM account_try WHERE key = $1;
-- [purge]
DELETE FROM account_try WHERE last_at < $1;
