-- Events of a set near entries. Out: @table@ (person_id, day, days): an entry with such events,
-- on how many days.
CREATE TABLE @table@ AS
SELECT c.person_id, c.day, count(DISTINCT b.first_day) AS days
FROM @from@ AS c
JOIN @other@ AS b ON b.person_id = c.person_id AND @near@
GROUP BY c.person_id, c.day;
