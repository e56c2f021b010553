-- Who has an account, and what each may do. Times: microseconds since 1970 UTC. Secrets that must
-- be read again are sealed with the hub's key; what only has to be recognised is hashed.
CREATE TABLE account_organisation (
	id BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL
);
-- password: Argon2id as libsodium writes it. totp: the seed, sealed. totp_step: the last used.
CREATE TABLE account_person (
	id BIGINT NOT NULL PRIMARY KEY,
	email TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	organisation BIGINT REFERENCES account_organisation (id),
	language TEXT NOT NULL,
	enabled BIGINT NOT NULL,
	password TEXT NOT NULL,
	totp BYTEA NOT NULL,
	totp_step BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);
-- scope: "" everywhere, or "organisation/3", "committee/esnd", "dataset/d", "project/p".
CREATE TABLE account_grant (
	account BIGINT NOT NULL REFERENCES account_person (id),
	role BIGINT NOT NULL,
	scope TEXT NOT NULL,
	granted_by BIGINT NOT NULL,
	granted_at BIGINT NOT NULL,
	PRIMARY KEY (account, role, scope)
);
CREATE TABLE account_recovery (
	hash BYTEA NOT NULL PRIMARY KEY,
	account BIGINT NOT NULL REFERENCES account_person (id),
	used_at BIGINT
);
CREATE INDEX account_recovery_account ON account_recovery (account);
-- factors: 1 after the password alone, 2 after the code too.
CREATE TABLE account_session (
	hash BYTEA NOT NULL PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	account BIGINT NOT NULL REFERENCES account_person (id),
	factors BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	fresh_at BIGINT NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL
);
CREATE INDEX account_session_account ON account_session (account);
CREATE INDEX account_session_seen ON account_session (seen_at);
-- account: one that exists and is made anew (lost factor). role 0: none beside the applicant's.
CREATE TABLE account_invitation (
	id BIGINT NOT NULL PRIMARY KEY,
	hash BYTEA NOT NULL UNIQUE,
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	language TEXT NOT NULL,
	organisation BIGINT REFERENCES account_organisation (id),
	role BIGINT NOT NULL,
	scope TEXT NOT NULL,
	account BIGINT REFERENCES account_person (id),
	totp BYTEA NOT NULL,
	created_by BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	ended_at BIGINT
);
-- A forgotten password: what the mail's link holds.
CREATE TABLE account_reset (
	hash BYTEA NOT NULL PRIMARY KEY,
	account BIGINT NOT NULL REFERENCES account_person (id),
	expires_at BIGINT NOT NULL
);
-- scopes: "desk:read desk:write".
CREATE TABLE account_token (
	id BIGINT NOT NULL PRIMARY KEY,
	hash BYTEA NOT NULL UNIQUE,
	account BIGINT NOT NULL REFERENCES account_person (id),
	name TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	seen_at BIGINT,
	ended_at BIGINT
);
CREATE INDEX account_token_account ON account_token (account);
-- Tries that have not succeeded: key is a hash of what was tried.
CREATE TABLE account_try (
	key BYTEA NOT NULL PRIMARY KEY,
	tries BIGINT NOT NULL,
	last_at BIGINT NOT NULL
);
CREATE INDEX account_try_last ON account_try (last_at);
-- Who asked for a new password, whether there is such an account or not; answered afterwards.
CREATE TABLE account_forgotten (
	email TEXT NOT NULL PRIMARY KEY,
	asked_at BIGINT NOT NULL
);
