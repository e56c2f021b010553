-- Who somebody is at an OpenID provider: the pair (issuer, subject), and nothing else, is theirs.
CREATE TABLE account_identity (
	issuer TEXT NOT NULL,
	subject TEXT NOT NULL,
	account BIGINT NOT NULL REFERENCES account_person (id),
	created_at BIGINT NOT NULL,
	used_at BIGINT,
	PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_identity_account ON account_identity (account);
-- A person on the way to the provider and back. state, binding (of the browser's cookie): hashes.
-- secrets: nonce and PKCE verifier, sealed. invitation: 0 for none.
CREATE TABLE account_oidc_flow (
	state BYTEA NOT NULL PRIMARY KEY,
	binding BYTEA NOT NULL,
	purpose BIGINT NOT NULL,
	issuer TEXT NOT NULL,
	secrets BYTEA NOT NULL,
	account BIGINT NOT NULL,
	invitation BIGINT NOT NULL,
	next TEXT NOT NULL,
	language TEXT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX account_oidc_flow_expires ON account_oidc_flow (expires_at);
-- Who came back with an invitation, until its page is sent.
CREATE TABLE account_oidc_pending (
	binding BYTEA NOT NULL,
	invitation BIGINT NOT NULL,
	issuer TEXT NOT NULL,
	subject TEXT NOT NULL,
	acr TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (binding, invitation)
);
-- acr: what the provider said of this sign-in; "" when it was ours. id_token: sealed, to sign out.
ALTER TABLE account_session ADD COLUMN acr TEXT NOT NULL DEFAULT '';
ALTER TABLE account_session ADD COLUMN id_token BYTEA;
