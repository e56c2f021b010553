-- [make]
CREATE VIRTUAL TABLE sheet USING fts5(body, tokenize = "unicode61 remove_diacritics 2",
	prefix = '2 3');
CREATE TABLE facet (document INTEGER, facet INTEGER, value TEXT);
-- [index]
CREATE INDEX facet_document ON facet (document, facet, value);
-- [ask]
WITH found AS MATERIALIZED (SELECT rowid AS document, rank FROM sheet WHERE sheet MATCH ?1)
SELECT -1, '', COUNT(*) FROM found
UNION ALL
SELECT * FROM (SELECT facet, value, COUNT(*) FROM found JOIN facet USING (document)
	GROUP BY facet, value)
UNION ALL
SELECT * FROM (SELECT -2, document, 0 FROM found ORDER BY rank LIMIT 20);
