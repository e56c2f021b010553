-- What applicants fill in. answers: a JSON object, as typed; revision counts the saves.
CREATE TABLE desk_form (
	application BIGINT NOT NULL PRIMARY KEY,
	form TEXT NOT NULL,
	version BIGINT NOT NULL
);
CREATE TABLE desk_form_section (
	application BIGINT NOT NULL,
	section TEXT NOT NULL,
	revision BIGINT NOT NULL,
	saved_at BIGINT NOT NULL,
	saved_by BIGINT NOT NULL,
	answers TEXT NOT NULL,
	PRIMARY KEY (application, section)
);
-- What was handed in, never changed: event is the one that handed it in, sha256 of content.
CREATE TABLE desk_form_version (
	application BIGINT NOT NULL,
	n BIGINT NOT NULL,
	event BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (application, n)
);
CREATE TABLE desk_form_comment (
	application BIGINT NOT NULL,
	n BIGINT NOT NULL,
	section TEXT NOT NULL,
	author BIGINT NOT NULL,
	role TEXT NOT NULL,
	at BIGINT NOT NULL,
	text TEXT NOT NULL,
	resolved_at BIGINT,
	resolved_by BIGINT,
	PRIMARY KEY (application, n)
);
-- Every file that was ever attached; gone_at: no longer part of the draft.
CREATE TABLE desk_form_file (
	application BIGINT NOT NULL,
	n BIGINT NOT NULL,
	field TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	name TEXT NOT NULL,
	bytes BIGINT NOT NULL,
	type TEXT NOT NULL,
	at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	gone_at BIGINT,
	PRIMARY KEY (application, n)
);
-- Who was asked to join, until they come.
CREATE TABLE desk_guest (
	application BIGINT NOT NULL,
	email TEXT NOT NULL,
	kind TEXT NOT NULL,
	at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	PRIMARY KEY (application, email)
);
CREATE INDEX desk_guest_email ON desk_guest (email);
