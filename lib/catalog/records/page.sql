-- [add]
INSERT INTO catalog_page (source, state, number, url, base, type, etag, modified, fixed, at, body)
VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10);
-- [open]
SELECT number, url, base, type, fixed, at, body FROM catalog_page
WHERE source = $1 AND state = 'open' AND number > $2 ORDER BY number LIMIT 1;
-- [done]
SELECT base, type, etag, modified, fixed, body FROM catalog_page
WHERE source = $1 AND state = 'done' AND url = $2 ORDER BY number LIMIT 1;
-- [forget]
DELETE FROM catalog_page WHERE source = $1 AND state = $2;
-- [finish]
UPDATE catalog_page SET state = 'done' WHERE source = $1 AND state = 'open';
