-- [range]
SELECT place, iri, kind, state, source, version, changed_at, body FROM catalog_entity
WHERE place > $1 AND place < $2 AND state = 'published' ORDER BY place LIMIT $3;
-- [attested]
SELECT MAX(at) FROM catalog_attestation WHERE iri = $1;
-- [attest]
INSERT INTO catalog_attestation (iri, at, account) VALUES ($1, $2, $3);
-- [draft]
SELECT organisation, account, changed_at, based_on, cells FROM catalog_draft WHERE iri = $1;
-- [drafts]
SELECT iri, account, changed_at, based_on, cells FROM catalog_draft WHERE organisation = $1
ORDER BY iri;
-- [put_draft]
INSERT INTO catalog_draft (iri, organisation, account, changed_at, based_on, cells)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (iri) DO UPDATE SET organisation = excluded.organisation, account = excluded.account,
changed_at = excluded.changed_at, based_on = excluded.based_on, cells = excluded.cells;
-- [end_draft]
DELETE FROM catalog_draft WHERE iri = $1;
