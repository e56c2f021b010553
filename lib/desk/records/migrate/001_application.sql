-- An application is its events: append only. seq begins at 1; times are
-- microseconds UTC; data is a JSON object.
CREATE TABLE desk_application (
	id BIGINT NOT NULL PRIMARY KEY,
	ref TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	applicant BIGINT NOT NULL,
	events BIGINT NOT NULL
);
CREATE INDEX desk_application_applicant ON desk_application (applicant);
CREATE TABLE desk_event (
	application BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	role TEXT NOT NULL,
	type TEXT NOT NULL,
	v BIGINT NOT NULL,
	data TEXT NOT NULL,
	PRIMARY KEY (application, seq)
);
-- Derived from the events, to be listed quickly; may be emptied and made again.
CREATE TABLE desk_board (
	application BIGINT NOT NULL PRIMARY KEY,
	route TEXT NOT NULL,
	version TEXT NOT NULL,
	state TEXT NOT NULL,
	outcome TEXT NOT NULL,
	actors BIGINT NOT NULL,
	opinion TEXT NOT NULL,
	opinion_mode TEXT NOT NULL,
	decision_mode TEXT NOT NULL,
	decision_day BIGINT,
	submitted_day BIGINT,
	changed_day BIGINT NOT NULL
);
CREATE TABLE desk_due (
	application BIGINT NOT NULL,
	clock TEXT NOT NULL,
	last_day BIGINT NOT NULL,
	effect TEXT NOT NULL,
	actor TEXT NOT NULL,
	PRIMARY KEY (application, clock)
);
CREATE INDEX desk_due_day ON desk_due (last_day);
CREATE TABLE desk_member (
	application BIGINT NOT NULL,
	account BIGINT NOT NULL,
	PRIMARY KEY (application, account)
);
CREATE INDEX desk_member_account ON desk_member (account);
-- The stream of each committee: rapporteurs, sessions, votes.
CREATE TABLE desk_committee_event (
	committee TEXT NOT NULL,
	seq BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	role TEXT NOT NULL,
	type TEXT NOT NULL,
	v BIGINT NOT NULL,
	data TEXT NOT NULL,
	PRIMARY KEY (committee, seq)
);
