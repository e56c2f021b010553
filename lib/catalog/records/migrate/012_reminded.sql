-- Holders who were reminded that a description is to be looked at again by a day: once each.
CREATE TABLE catalog_reminded (
	iri TEXT NOT NULL,
	due BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (iri, due)
);
