-- [make]
CREATE EXTENSION IF NOT EXISTS unaccent;
DROP TABLE IF EXISTS peer_sheet;
CREATE TABLE peer_sheet AS
SELECT row_number() OVER (ORDER BY reference) AS document,
	to_tsvector('simple', unaccent(body)) AS words,
	body::jsonb ->> 'status' AS status, body::jsonb ->> 'procedure' AS procedure,
	left(body::jsonb ->> 'received', 4) AS year
FROM register_sheet;
CREATE INDEX ON peer_sheet USING gin (words);
ANALYZE peer_sheet;
-- [ask]
WITH found AS MATERIALIZED (
	SELECT document, status, procedure, year,
		ts_rank(words, to_tsquery('simple', unaccent($1))) AS rank
	FROM peer_sheet WHERE words @@ to_tsquery('simple', unaccent($1)))
SELECT -1, '', COUNT(*) FROM found
UNION ALL SELECT * FROM (SELECT 1, status, COUNT(*) FROM found GROUP BY status) s
UNION ALL SELECT * FROM (SELECT 2, procedure, COUNT(*) FROM found GROUP BY procedure) p
UNION ALL SELECT * FROM (SELECT 3, year, COUNT(*) FROM found GROUP BY year) y
UNION ALL SELECT * FROM (SELECT -2, document::text, 0 FROM found ORDER BY rank DESC LIMIT 20) d
