-- Every row with the birth of its person, when there is one. @counts@: fragments over t and p.
SELECT @counts@ FROM @table@ AS t LEFT JOIN birth AS p ON p.person_id = t.person_id
