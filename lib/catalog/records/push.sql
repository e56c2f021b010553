-- [find]
SELECT id, digest, state, tries, next_at, at, answer FROM catalog_pushed
WHERE parent = $1 AND iri = $2;
-- [put]
INSERT INTO catalog_pushed (parent, iri, id, digest, state, tries, next_at, at, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (parent, iri) DO UPDATE SET id = excluded.id, digest = excluded.digest,
state = excluded.state, tries = excluded.tries, next_at = excluded.next_at, at = excluded.at,
answer = excluded.answer;
-- [remove]
DELETE FROM catalog_pushed WHERE parent = $1 AND iri = $2;
-- [of_parent]
SELECT iri FROM catalog_pushed WHERE parent = $1 ORDER BY iri;
