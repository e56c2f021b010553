-- [range]
SELECT place, iri, kind, state, source, version, changed_at, body FROM catalog_entity
WHERE place > $1 AND place < $2 AND state = 'published' ORDER BY place LIMIT $3;
