-- [find]
SELECT digest, source, version, body, changed_at, state, kind FROM catalog_entity WHERE iri = $1;
-- [put]
INSERT INTO catalog_entity (iri, place, kind, state, source, version, changed_at, digest, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (iri) DO UPDATE SET place = excluded.place, kind = excluded.kind,
state = excluded.state, source = excluded.source, version = excluded.version,
changed_at = excluded.changed_at, digest = excluded.digest, body = excluded.body;
-- [set_state]
UPDATE catalog_entity SET state = $2, kind = $3, place = $4 WHERE iri = $1;
-- [keep]
INSERT INTO catalog_version (iri, version, source, changed_at, body) VALUES ($1, $2, $3, $4, $5);
-- [last_version]
SELECT COALESCE(MAX(version), 0) FROM catalog_version WHERE iri = $1;
-- [remove]
DELETE FROM catalog_entity WHERE iri = $1;
-- [list]
SELECT place, iri, kind, state, body FROM catalog_entity WHERE place > $1 ORDER BY place LIMIT $2;
-- [count]
SELECT COUNT(*) FROM catalog_entity WHERE kind = $1;
-- [versions]
SELECT version, source, changed_at, body FROM catalog_version WHERE iri = $1 ORDER BY version;
-- [count_shown]
SELECT COUNT(*) FROM catalog_entity WHERE kind = $1 AND state = 'published';
-- [page_shown]
SELECT iri FROM catalog_entity WHERE kind = $1 AND state = 'published'
ORDER BY place LIMIT $2 OFFSET $3;
-- [find_place]
SELECT iri FROM catalog_entity WHERE place >= $1 AND place < $2 ORDER BY place LIMIT 2;
-- [own]
SELECT iri FROM catalog_entity e
WHERE kind = 'dataset' AND state = 'published' AND NOT EXISTS (
	SELECT 1 FROM catalog_claim c WHERE c.iri = e.iri AND c.source = e.source
)
ORDER BY place;
-- [of_dataset]
SELECT iri FROM catalog_entity WHERE iri = $1 OR SUBSTR(iri, 1, LENGTH($2)) = $2 ORDER BY iri;
