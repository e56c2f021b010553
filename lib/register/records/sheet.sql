-- [get]
SELECT version, first_at, changed_at, body FROM register_sheet WHERE reference = $1;
-- [all]
SELECT reference, version, first_at, changed_at, body FROM register_sheet ORDER BY reference;
-- [put]
INSERT INTO register_sheet (reference, version, first_at, changed_at, body)
VALUES ($1, $2, $3, $3, $4)
ON CONFLICT (reference) DO UPDATE
SET version = excluded.version, changed_at = excluded.changed_at, body = excluded.body;
-- [add_version]
INSERT INTO register_version (reference, version, at, body) VALUES ($1, $2, $3, $4);
-- [versions]
SELECT version, at, body FROM register_version WHERE reference = $1 ORDER BY version;
-- [generation]
SELECT generation FROM register_state WHERE id = 1;
-- [next_generation]
UPDATE register_state SET generation = generation + 1 WHERE id = 1;
