-- DuckDB only: its conditions are macros over cells as text.
-- @parent@: a relation; @target@: its key as one value
CREATE OR REPLACE TABLE snds_parent AS
SELECT @target@ AS k FROM @parent@
