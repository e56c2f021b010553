-- One pass over a table. @counts@: fragments over t.
SELECT @counts@ FROM @table@ AS t
