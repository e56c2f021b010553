-- Persons without a row in the table, of all persons.
SELECT (SELECT count(*) FROM cdm_person AS p
		WHERE NOT EXISTS (SELECT 1 FROM @table@ AS t WHERE t.person_id = p.person_id)),
	(SELECT count(*) FROM cdm_person)
