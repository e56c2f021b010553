-- One entry a person. Out: @table@ (person_id, day).
CREATE TABLE @table@ AS
SELECT person_id, @pick@ AS day FROM @from@ GROUP BY person_id;
