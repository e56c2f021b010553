-- [add]
INSERT INTO desk_permit (application, number, note) VALUES ($1, $2, $3);
-- [get]
SELECT note, number FROM desk_permit WHERE application = $1;
-- [find]
SELECT application FROM desk_permit WHERE number = $1;
-- [all]
SELECT p.application, p.number, p.note, a.applicant, a.ref
FROM desk_permit p JOIN desk_application a ON a.id = p.application
WHERE p.application > $1 ORDER BY p.application LIMIT $2;
-- [notices]
SELECT note FROM desk_notice WHERE application = $1 ORDER BY seq;
-- [last]
SELECT COALESCE(MAX(seq), 0) FROM desk_notice WHERE application = $1;
-- [add_notice]
INSERT INTO desk_notice (application, seq, note) VALUES ($1, $2, $3);
-- [remind]
INSERT INTO desk_reminded (application, kind, day, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (application, kind, day) DO NOTHING;
