-- What the public saw change, in order; the body is that of (iri, version).
CREATE TABLE catalog_event (
	number BIGINT NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('Create', 'Update', 'Delete')),
	iri TEXT NOT NULL,
	version BIGINT NOT NULL
);
INSERT INTO catalog_event (number, at, act, iri, version)
SELECT ROW_NUMBER() OVER (ORDER BY changed_at, place),
	changed_at + ROW_NUMBER() OVER (ORDER BY changed_at, place), 'Create', iri, version
FROM catalog_entity WHERE state = 'conforming';
-- What each source said last of an IRI, and we took or decided on.
CREATE TABLE catalog_claim (
	source TEXT NOT NULL,
	iri TEXT NOT NULL,
	digest TEXT NOT NULL,
	at BIGINT NOT NULL,
	address TEXT NOT NULL,
	PRIMARY KEY (source, iri)
);
CREATE INDEX catalog_claim_iri ON catalog_claim (iri);
-- What a source said that stands against what is here: nobody has decided yet.
CREATE TABLE catalog_conflict (
	source TEXT NOT NULL,
	iri TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('changed', 'withdrawn')),
	at BIGINT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (source, iri)
);
-- Pages of a harvest that is under way ('open') and of the last whole one ('done').
CREATE TABLE catalog_page (
	source TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'done')),
	number BIGINT NOT NULL,
	url TEXT NOT NULL,
	base TEXT NOT NULL,
	type TEXT NOT NULL,
	etag TEXT NOT NULL,
	modified TEXT NOT NULL,
	fixed BIGINT NOT NULL,
	at BIGINT NOT NULL,
	body BYTEA NOT NULL,
	PRIMARY KEY (source, state, number)
);
-- What was sent to a parent catalogue, and what waits.
CREATE TABLE catalog_pushed (
	parent TEXT NOT NULL,
	iri TEXT NOT NULL,
	id TEXT NOT NULL,
	digest TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('sent', 'waiting', 'refused')),
	tries BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	at BIGINT NOT NULL,
	answer TEXT NOT NULL,
	PRIMARY KEY (parent, iri)
);
-- What children sent: the identifier they were told, and whose it is.
CREATE TABLE catalog_ingested (
	id TEXT NOT NULL PRIMARY KEY,
	owner TEXT NOT NULL,
	iri TEXT NOT NULL UNIQUE,
	at BIGINT NOT NULL
);
