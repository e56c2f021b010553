-- @view@: outcome_0, ...; @table@ with its columns @concept@, @start@, @end@;
-- @chosen@: a condition on the concept c
-- out: person_id, s, e of each record; a missing end is the start
CREATE OR REPLACE VIEW @view@ AS
SELECT person_id, s, e
FROM (SELECT person_id, @concept@ AS c, @start@ AS s, coalesce(@end@, @start@) AS e FROM @table@)
WHERE @chosen@
