-- [last]
SELECT number, at FROM catalog_event ORDER BY number DESC LIMIT 1;
-- [add]
INSERT INTO catalog_event (number, at, act, iri, version) VALUES ($1, $2, $3, $4, $5);
-- [page]
SELECT e.number, e.at, e.act, e.iri, COALESCE(v.body, n.body, '') FROM catalog_event e
LEFT JOIN catalog_version v ON v.iri = e.iri AND v.version = e.version
LEFT JOIN catalog_entity n ON n.iri = e.iri AND n.version = e.version
WHERE e.number > $1 ORDER BY e.number LIMIT $2;
