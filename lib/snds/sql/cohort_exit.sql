-- The first event of a set from @days@ days after entry. Out: @table@ (person_id, day,
-- exit_day).
CREATE TABLE @table@ AS
SELECT c.person_id, c.day, min(b.first_day) AS exit_day
FROM @from@ AS c
JOIN @other@ AS b ON b.person_id = c.person_id AND b.first_day >= c.day + @days@
GROUP BY c.person_id, c.day;
