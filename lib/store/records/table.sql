-- [columns_sqlite]
SELECT m.name, p.name, p.type, p.pk
FROM sqlite_master m JOIN pragma_table_info(m.name) p
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
ORDER BY m.name, p.cid;
-- [columns_postgres]
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
	COALESCE((SELECT k.place FROM pg_index i,
			unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
		WHERE i.indrelid = c.oid AND i.indisprimary AND k.attnum = a.attnum), 0)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
	AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname COLLATE "C", a.attnum;
-- [links_sqlite]
SELECT m.name, f."from", f."table", COALESCE(f."to", 'id')
FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table'
ORDER BY m.name, f.id, f.seq;
-- [links_postgres]
SELECT c.relname, a.attname, p.relname, b.attname
FROM pg_constraint f
	JOIN pg_class c ON c.oid = f.conrelid
	JOIN pg_class p ON p.oid = f.confrelid
	CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k (own, other)
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.own
	JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = k.other
WHERE f.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
ORDER BY c.relname COLLATE "C", f.oid, k.own;
-- [integrity_sqlite]
PRAGMA integrity_check(100);
