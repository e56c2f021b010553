-- How many entries, and of how many persons.
SELECT count(*) AS entries, count(DISTINCT person_id) AS persons FROM @table@
