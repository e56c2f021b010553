-- in: censor (person_id, s)
-- out: person_id, date, by person
SELECT CAST(person_id AS BIGINT), CAST(s AS DATE)
FROM censor
ORDER BY 1 NULLS LAST, 2 NULLS LAST
