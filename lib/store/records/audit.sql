-- [add]
INSERT INTO audit_record (seq, body, leaf) VALUES ($1, $2, $3);
-- [next]
SELECT COALESCE(MAX(seq) + 1, 0) FROM audit_record;
-- [list]
SELECT seq, body, leaf FROM audit_record WHERE seq >= $1 ORDER BY seq LIMIT $2;
