-- @view@: outcome_0, ..., or censor; @file@: view of the file; @id@, @start@, @end@: its columns
-- out: person_id, s, e
CREATE OR REPLACE VIEW @view@ AS
SELECT "@id@" AS person_id, "@start@" AS s, "@end@" AS e FROM @file@
