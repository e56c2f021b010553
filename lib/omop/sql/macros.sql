-- Functions that several files use. Nothing is read.

-- A key of the PMSI as text: a file that stored it as a number lost its zeros.
CREATE MACRO pmsi_key(key, width) AS
CASE WHEN length(trim(key)) < width AND regexp_full_match(trim(key), '[0-9]+')
	THEN lpad(trim(key), width, '0') ELSE trim(key) END;

-- CIM-10 and CCAM codes in one spelling: capitals, no dot.
CREATE MACRO plain_code(code) AS replace(upper(trim(code)), '.', '');

-- Only ER_PHA_F rows too old for a CIP13 have a CIP7.
CREATE MACRO cip_code(cip13, cip7) AS
CASE WHEN cip13 > 0 THEN lpad(CAST(cip13 AS VARCHAR), 13, '0')
	WHEN cip7 > 0 THEN lpad(CAST(cip7 AS VARCHAR), 7, '0') END;

-- Dates that mean "none".
CREATE MACRO real_date(day) AS CASE WHEN day > DATE '1600-01-01' THEN day END;
