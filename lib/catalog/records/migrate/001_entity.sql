-- What is said of one IRI, with the blank nodes inside it: N-Triples, sorted.
-- place: order of exports, the same in every database: a digit for the kind and SHA-256 of the IRI.
CREATE TABLE catalog_entity (
	iri TEXT NOT NULL PRIMARY KEY,
	place TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'conforming')),
	source TEXT NOT NULL,
	version BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	digest TEXT NOT NULL,
	body TEXT NOT NULL
);
-- What was said before: nothing is overwritten without a trace.
CREATE TABLE catalog_version (
	iri TEXT NOT NULL,
	version BIGINT NOT NULL,
	source TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (iri, version)
);
