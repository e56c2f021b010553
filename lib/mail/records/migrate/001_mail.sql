-- Mail that waits to be sent; text is sealed with the hub's key and goes when it was sent.
CREATE TABLE mail_waiting (
	id BIGINT NOT NULL PRIMARY KEY,
	receiver TEXT NOT NULL,
	text BYTEA NOT NULL,
	tries BIGINT NOT NULL,
	next_at BIGINT NOT NULL
);
-- One row: the number of the last one that was ever queued.
CREATE TABLE mail_last (
	one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
	id BIGINT NOT NULL
);
INSERT INTO mail_last (one, id) VALUES (1, 0);
