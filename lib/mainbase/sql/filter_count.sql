-- How many rows each filter removed. Out: filter_count, empty; every stage adds its rows
-- (filter NULL: those that stayed).
CREATE TABLE filter_count (stage STRING, filter STRING, rows BIGINT);
