-- The events of several sets. Out: @table@ (person_id, first_day, last_day).
CREATE TABLE @table@ AS
SELECT DISTINCT person_id, first_day, last_day FROM (@parts@) AS parts;
