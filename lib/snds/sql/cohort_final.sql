-- The cohort. Out: cohort_final (person_id, person_key, index_date, exit_date).
CREATE TABLE cohort_final AS
SELECT c.person_id, p.person_key, c.day AS index_date, least(@ends@) AS exit_date
FROM @from@ AS c
JOIN person AS p ON p.person_id = c.person_id
@joins@;
