-- in: the view outcome_@index@; one SELECT a outcome, joined by UNION ALL and sorted
-- out: person_id, the outcome's number, start, end
SELECT CAST(person_id AS BIGINT), CAST(@index@ AS INTEGER), CAST(s AS DATE), CAST(e AS DATE)
FROM outcome_@index@
