-- What a holder writes before it is published: cells of a row of the spreadsheet, as JSON.
CREATE TABLE catalog_draft (
	iri TEXT NOT NULL PRIMARY KEY,
	organisation TEXT NOT NULL,
	account BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	based_on BIGINT NOT NULL,
	cells TEXT NOT NULL
);
CREATE INDEX catalog_draft_organisation ON catalog_draft (organisation, iri);
-- A holder said that a description is still right (Regulation (EU) 2025/327, article 60(3)).
CREATE TABLE catalog_attestation (
	iri TEXT NOT NULL,
	at BIGINT NOT NULL,
	account BIGINT NOT NULL,
	PRIMARY KEY (iri, at)
);
