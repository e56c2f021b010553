-- DuckDB only: splits a parameter into rows.
-- $nomenclature: a name; $codes: its codes, one a line
INSERT INTO snds_codes
SELECT $nomenclature, code, snds_plain(code)
FROM (SELECT unnest(string_split($codes, chr(10))) AS code)
