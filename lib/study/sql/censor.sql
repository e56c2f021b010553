-- in: censor (person_id, s)
-- out: person_id, date, by person
SELECT person_id::BIGINT, s::DATE FROM censor ORDER BY 1, 2
