person_id IN (SELECT person_id FROM person GROUP BY ALL HAVING count(*) > 1)
