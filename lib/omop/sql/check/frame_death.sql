-- The rows of persons who died. @counts@: fragments over t and d.
SELECT @counts@ FROM @table@ AS t JOIN cdm_death AS d ON d.person_id = t.person_id
