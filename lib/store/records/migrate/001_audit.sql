-- Every action of a signed-in person: append only. leaf: RFC 6962, section 2.1.
CREATE TABLE audit_record (
	seq BIGINT NOT NULL PRIMARY KEY,
	body BYTEA NOT NULL,
	leaf BYTEA NOT NULL
);
