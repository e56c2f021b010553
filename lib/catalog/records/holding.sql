-- [attest]
INSERT INTO catalog_attestation (iri, at, account) VALUES ($1, $2, $3)
ON CONFLICT (iri, at) DO NOTHING;
-- [draft]
SELECT organisation, account, changed_at, based_on, cells FROM catalog_draft WHERE iri = $1;
-- [put_draft]
INSERT INTO catalog_draft (iri, organisation, account, changed_at, based_on, cells)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (iri) DO UPDATE SET organisation = excluded.organisation, account = excluded.account,
changed_at = excluded.changed_at, based_on = excluded.based_on, cells = excluded.cells;
-- [end_draft]
DELETE FROM catalog_draft WHERE iri = $1;
-- [drafts]
SELECT iri, organisation, changed_at, based_on FROM catalog_draft ORDER BY iri;
-- [attested]
SELECT iri, MAX(at) FROM catalog_attestation GROUP BY iri ORDER BY iri;
-- [remind]
INSERT INTO catalog_reminded (iri, due, at) VALUES ($1, $2, $3) ON CONFLICT (iri, due) DO NOTHING;
-- [version]
SELECT body, source, changed_at FROM catalog_version WHERE iri = $1 AND version = $2;
-- [versions]
SELECT version, source, changed_at FROM catalog_version WHERE iri = $1
AND version < $2 ORDER BY version DESC LIMIT $3;
