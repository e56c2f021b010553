-- What became of the rows of each table. Out: flat_count, empty (filter NULL: the row stayed).
CREATE TABLE flat_count (name STRING, filter STRING, rows BIGINT);
