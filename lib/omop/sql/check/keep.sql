-- In: the view @view@ over a file. Out: its rows as the table @kept@, which the view now reads.
CREATE TABLE @kept@ AS SELECT * FROM @view@;
CREATE OR REPLACE VIEW @view@ AS SELECT * FROM @kept@
