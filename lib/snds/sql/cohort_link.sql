-- The events of a set that have, or have not, others near them: @near@ is true for b near a.
-- Out: @table@ (person_id, first_day, last_day).
CREATE TABLE @table@ AS
SELECT a.person_id, a.first_day, a.last_day
FROM @from@ AS a
LEFT JOIN @other@ AS b ON b.person_id = a.person_id AND @near@
GROUP BY a.person_id, a.first_day, a.last_day
HAVING count(DISTINCT b.first_day) @test@;
