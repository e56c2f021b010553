-- [form]
SELECT form, version FROM desk_form WHERE application = $1;
-- [set_form]
INSERT INTO desk_form (application, form, version) VALUES ($1, $2, $3)
ON CONFLICT (application) DO NOTHING;
-- [sections]
SELECT section, revision, saved_at, saved_by, answers FROM desk_form_section
WHERE application = $1 ORDER BY section;
-- [put_section]
INSERT INTO desk_form_section (application, section, revision, saved_at, saved_by, answers)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (application, section) DO UPDATE SET revision = excluded.revision,
saved_at = excluded.saved_at, saved_by = excluded.saved_by, answers = excluded.answers;
-- [versions]
SELECT n, event, at, actor, sha256 FROM desk_form_version WHERE application = $1 ORDER BY n;
-- [version]
SELECT n, event, at, actor, sha256, content FROM desk_form_version
WHERE application = $1 AND n = $2;
-- [last_version]
SELECT n, event, at, actor, sha256, content FROM desk_form_version
WHERE application = $1 AND $2 = 0 ORDER BY n DESC LIMIT 1;
-- [add_version]
INSERT INTO desk_form_version (application, n, event, at, actor, sha256, content)
SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, $6 FROM desk_form_version
WHERE application = $1;
-- [comments]
SELECT n, section, author, role, at, text, resolved_at, resolved_by FROM desk_form_comment
WHERE application = $1 ORDER BY n;
-- [add_comment]
INSERT INTO desk_form_comment (application, n, section, author, role, at, text)
SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, $6 FROM desk_form_comment
WHERE application = $1;
-- [resolve]
UPDATE desk_form_comment SET resolved_at = $3, resolved_by = $4
WHERE application = $1 AND n = $2 AND resolved_at IS NULL;
-- [files]
SELECT n, field, sha256, name, bytes, type, at, actor, gone_at FROM desk_form_file
WHERE application = $1 ORDER BY n;
-- [add_file]
INSERT INTO desk_form_file (application, n, field, sha256, name, bytes, type, at, actor)
SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM desk_form_file
WHERE application = $1;
-- [file_goes]
UPDATE desk_form_file SET gone_at = $3 WHERE application = $1 AND n = $2 AND gone_at IS NULL;
-- [guests]
SELECT email, kind, at, actor FROM desk_guest WHERE application = $1 ORDER BY email;
-- [add_guest]
INSERT INTO desk_guest (application, email, kind, at, actor) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (application, email) DO UPDATE SET kind = excluded.kind;
-- [end_guest]
DELETE FROM desk_guest WHERE application = $1 AND email = $2;
-- [invited]
SELECT application, kind, actor FROM desk_guest WHERE email = $1 ORDER BY application;
