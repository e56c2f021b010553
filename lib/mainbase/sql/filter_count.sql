-- How many rows each filter removed. Out: filter_count, empty; every stage adds its rows
-- (filter NULL: those that stayed). removed_stay, empty.
CREATE TABLE filter_count (stage STRING, filter STRING, rows BIGINT);

-- Stays that a rule removed, and weeks or sequences (`part`, otherwise NULL) of stays: for who
-- tells each row what became of it. `stage` is that of the rule.
CREATE TABLE removed_stay (stage STRING, year BIGINT, eta STRING, number STRING, part STRING,
	person_id BIGINT, filter STRING);
