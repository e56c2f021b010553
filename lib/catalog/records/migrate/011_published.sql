-- A draft is what its holder has not published, not what misses an obligation: whatever a source
-- told or a file said is shown, with what its description lacks.
CREATE TABLE catalog_entity_next (
	iri TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
	source TEXT NOT NULL,
	version BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	digest TEXT NOT NULL,
	body TEXT NOT NULL
);
INSERT INTO catalog_entity_next (iri, place, kind, state, source, version, changed_at, digest, body)
SELECT iri, place, kind, 'published', source, version, changed_at, digest, body
FROM catalog_entity;
-- What was hidden comes out: readers of the feed are told.
INSERT INTO catalog_event (number, at, act, iri, version)
SELECT l.number + ROW_NUMBER() OVER (ORDER BY e.place), l.at + ROW_NUMBER() OVER (ORDER BY e.place),
	'Create', e.iri, e.version
FROM catalog_entity e CROSS JOIN (
	SELECT COALESCE(MAX(number), 0) AS number, COALESCE(MAX(at), 0) AS at FROM catalog_event
) l WHERE e.state = 'draft';
DROP TABLE catalog_entity;
ALTER TABLE catalog_entity_next RENAME TO catalog_entity;
