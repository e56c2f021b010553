-- How many codes have a standard concept, and rows that name them. In: code_target, code.
SELECT c.vocabulary, count(*) AS codes, CAST(sum(c.rows) AS BIGINT) AS rows
FROM code AS c
JOIN code_target AS t ON t.vocabulary = c.vocabulary AND t.code = c.code
GROUP BY c.vocabulary
