-- [find]
SELECT id, owner, iri FROM catalog_ingested WHERE id = $1 OR iri = $1;
-- [add]
INSERT INTO catalog_ingested (id, owner, iri, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET at = excluded.at;
-- [remove]
DELETE FROM catalog_ingested WHERE id = $1;
