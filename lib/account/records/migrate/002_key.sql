-- Security keys and passkeys. public_key: as libfido2 keeps it. sign_count: the last seen.
-- suspect_at: its counter went back, so there may be a copy: it opens nothing any more.
CREATE TABLE account_key (
	id BIGINT NOT NULL PRIMARY KEY,
	account BIGINT NOT NULL REFERENCES account_person (id),
	credential BYTEA NOT NULL UNIQUE,
	algorithm BIGINT NOT NULL,
	public_key BYTEA NOT NULL,
	name TEXT NOT NULL,
	sign_count BIGINT NOT NULL,
	verified BIGINT NOT NULL,
	may_move BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	used_at BIGINT,
	suspect_at BIGINT
);
CREATE INDEX account_key_account ON account_key (account);
-- What a key is to sign, once: one at a time for a browser (binding: of its cookie) and purpose.
CREATE TABLE account_challenge (
	binding BYTEA NOT NULL,
	purpose BIGINT NOT NULL,
	challenge BYTEA NOT NULL,
	account BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (binding, purpose)
);
CREATE INDEX account_challenge_expires ON account_challenge (expires_at);
