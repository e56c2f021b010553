-- The public sheets, as JSON. version counts the changes of a sheet, from 1.
CREATE TABLE register_sheet (
	reference TEXT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	first_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	body TEXT NOT NULL
);
-- What a sheet said before, and when; the present one too.
CREATE TABLE register_version (
	reference TEXT NOT NULL REFERENCES register_sheet (reference),
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (reference, version)
);
-- One row: how many times any sheet changed. Who holds an index compares.
CREATE TABLE register_state (
	id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
	generation BIGINT NOT NULL
);
INSERT INTO register_state (id, generation) VALUES (1, 0);
