-- @view@: outcome_0, ...; @table@ with its columns @concept@, @start@, @end@;
-- @chosen@: a condition on the concept c
-- out: person_id, s, e of each record; a missing end is the start. @view@_all
-- has all records in the file's order, to name a row of it
CREATE OR REPLACE VIEW @view@_all AS
SELECT person_id, @concept@ AS c, @start@ AS s, coalesce(@end@, @start@) AS e FROM @table@;
CREATE OR REPLACE VIEW @view@ AS
SELECT person_id, s, e FROM @view@_all WHERE @chosen@
