-- [find]
SELECT digest FROM catalog_claim WHERE source = $1 AND iri = $2;
-- [put]
INSERT INTO catalog_claim (source, iri, digest, at, address) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (source, iri) DO UPDATE SET digest = excluded.digest, at = excluded.at,
address = excluded.address;
-- [remove]
DELETE FROM catalog_claim WHERE source = $1 AND iri = $2;
-- [of_source]
SELECT iri, digest FROM catalog_claim WHERE source = $1 ORDER BY iri;
-- [of_iri]
SELECT source, digest, at, address FROM catalog_claim WHERE iri = $1 ORDER BY source;
-- [others]
SELECT COUNT(*) FROM catalog_claim WHERE iri = $1 AND source <> $2;
-- [put_conflict]
INSERT INTO catalog_conflict (source, iri, kind, at, body) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (source, iri) DO UPDATE SET kind = excluded.kind, at = excluded.at,
body = excluded.body;
-- [remove_conflict]
DELETE FROM catalog_conflict WHERE source = $1 AND iri = $2;
-- [conflicts]
SELECT c.source, c.iri, c.kind, c.at, c.body, COALESCE(e.source, ''), COALESCE(e.body, '')
FROM catalog_conflict c LEFT JOIN catalog_entity e ON e.iri = c.iri
ORDER BY c.iri, c.source LIMIT $1;
-- [forget_conflicts]
DELETE FROM catalog_conflict WHERE source = $1;
-- [find_conflict]
SELECT kind, body FROM catalog_conflict WHERE source = $1 AND iri = $2;
-- [hand_over]
UPDATE catalog_entity SET source = (
	SELECT MIN(source) FROM catalog_claim WHERE iri = $1 AND source <> $2
) WHERE iri = $1 AND source = $2;
