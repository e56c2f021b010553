-- Texts that events name by their SHA-256: reports, minutes, requests for fees.
CREATE TABLE desk_text (
	sha256 TEXT NOT NULL PRIMARY KEY,
	body TEXT NOT NULL
);
-- Signed permits, and the notices that follow them: append only. seq begins at 1.
CREATE TABLE desk_permit (
	application BIGINT NOT NULL PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	note TEXT NOT NULL
);
CREATE TABLE desk_notice (
	application BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (application, seq)
);
-- Reminders that went out, each once.
CREATE TABLE desk_reminded (
	application BIGINT NOT NULL,
	kind TEXT NOT NULL,
	day BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (application, kind, day)
);
