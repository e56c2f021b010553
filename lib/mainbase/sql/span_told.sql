-- First and last day of the data, both told: $first_day, $last_day (text). Out: span, one row.
CREATE TABLE span AS
SELECT CAST($first_day AS DATE) AS first_day, CAST($last_day AS DATE) AS last_day;
