-- [add]
INSERT INTO audit_record (seq, body, leaf)
SELECT COALESCE(MAX(seq) + 1, 0), $1, $2 FROM audit_record;
-- [list]
SELECT seq, body, leaf FROM audit_record WHERE seq >= $1 ORDER BY seq LIMIT $2;
-- [leaves]
SELECT leaf FROM audit_record WHERE seq >= $1 ORDER BY seq;
-- [head]
SELECT size, nodes, note FROM audit_head WHERE id = 1;
-- [set_head]
INSERT INTO audit_head (id, size, nodes, note) VALUES (1, $1, $2, $3)
ON CONFLICT (id) DO UPDATE SET size = excluded.size, nodes = excluded.nodes, note = excluded.note;
-- [size]
SELECT COALESCE(MAX(seq) + 1, 0) FROM audit_record;
