-- Who was told what of which application (0: of the committee), in the write of the event.
-- queued_at 0: waits for the digest of its account.
CREATE TABLE desk_letter (
	id BIGINT NOT NULL PRIMARY KEY,
	application BIGINT NOT NULL,
	account BIGINT NOT NULL,
	letter TEXT NOT NULL,
	at BIGINT NOT NULL,
	queued_at BIGINT NOT NULL
);
CREATE INDEX desk_letter_of ON desk_letter (application, id);
CREATE INDEX desk_letter_waiting ON desk_letter (account, at) WHERE queued_at = 0;
-- One row: the number of the last one.
CREATE TABLE desk_letter_last (
	one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
	id BIGINT NOT NULL
);
INSERT INTO desk_letter_last (one, id) VALUES (1, 0);
-- how: each, daily. Without a row: each.
CREATE TABLE desk_letter_choice (
	account BIGINT NOT NULL PRIMARY KEY,
	how TEXT NOT NULL
);
-- The address of a calendar is a secret: its hash.
CREATE TABLE desk_calendar (
	account BIGINT NOT NULL PRIMARY KEY,
	hash BYTEA NOT NULL UNIQUE,
	made_at BIGINT NOT NULL
);
