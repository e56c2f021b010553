-- The entries for which a condition holds. Out: @table@ (person_id, day).
CREATE TABLE @table@ AS
SELECT c.person_id, c.day
FROM @from@ AS c
JOIN person AS p ON p.person_id = c.person_id
@joins@WHERE @where@;
