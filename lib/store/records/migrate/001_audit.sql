-- Every action of a signed-in person: append only. leaf: RFC 6962, section 2.1.
CREATE TABLE audit_record (
	seq BIGINT NOT NULL PRIMARY KEY,
	body BYTEA NOT NULL,
	leaf BYTEA NOT NULL
);
-- One row: the tree of all records, and the checkpoint that signs it.
CREATE TABLE audit_head (
	id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
	size BIGINT NOT NULL,
	nodes BYTEA NOT NULL,
	note BYTEA NOT NULL
);
