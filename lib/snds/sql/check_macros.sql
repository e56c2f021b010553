-- DuckDB only: what is wrong with a cell of a file, as macros.
-- What a cell is, from its text without the blanks around it; '' is a missing cell.

-- A number without leading zeros, and without ".0": keys and codes in one spelling.
-- Most are that already, which the first test sees.
CREATE MACRO snds_plain(v) AS
CASE WHEN NOT starts_with(v, '0') AND NOT contains(v, '.') THEN nullif(v, '')
	WHEN regexp_full_match(v, '[0-9]+([.]0*)?')
	THEN coalesce(nullif(ltrim(split_part(v, '.', 1), '0'), ''), '0') ELSE v END;

-- ISO, 20180131, 31012018, 31JAN2018:00:00:00
CREATE MACRO snds_day(v) AS
CASE WHEN regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?')
		THEN TRY_CAST(left(v, 10) AS DATE)
	WHEN regexp_full_match(v, '[0-9]{8}')
		THEN CAST(coalesce(try_strptime(v, '%Y%m%d'), try_strptime(v, '%d%m%Y')) AS DATE)
	WHEN regexp_full_match(v, '[0-9]{2}[A-Za-z]{3}[0-9]{4}(:.*)?')
		THEN CAST(try_strptime(left(v, 9), '%d%b%Y') AS DATE) END;

CREATE MACRO snds_bad_integer(v) AS v <> '' AND NOT regexp_full_match(v, '[+-]?[0-9]+([.]0*)?');
CREATE MACRO snds_bad_number(v) AS v <> '' AND TRY_CAST(v AS DOUBLE) IS NULL;
CREATE MACRO snds_bad_date(v) AS v <> '' AND snds_day(v) IS NULL;
CREATE MACRO snds_bad_datetime(v) AS v <> '' AND snds_day(v) IS NULL;
CREATE MACRO snds_bad_month(v) AS v <> '' AND NOT regexp_full_match(v, '(0?[1-9]|1[0-2])([.]0*)?');
CREATE MACRO snds_bad_year(v) AS v <> '' AND NOT regexp_full_match(v, '[1-9][0-9]{3}([.]0*)?');
CREATE MACRO snds_bad_yearmonth(v) AS
v <> '' AND NOT regexp_full_match(v, '[1-9][0-9]{3}-?(0[1-9]|1[0-2])([.]0*|-[0-9]{2}.*)?');
CREATE MACRO snds_bad_boolean(v) AS
v <> '' AND NOT regexp_full_match(lower(v), '[01]([.]0*)?|true|false');

-- Digits before the point, without leading zeros.
CREATE MACRO snds_digits(v) AS length(ltrim(split_part(ltrim(v, '+-'), '.', 1), '0'));

-- Filled as columns need them: nomenclature, code, and the code as snds_plain writes it.
CREATE TABLE snds_codes (nomenclature VARCHAR, code VARCHAR, plain VARCHAR);
