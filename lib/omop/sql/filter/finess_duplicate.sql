-- true: the stay comes a second time under the legal number. In: year, ETA_NUM;
-- list_finess_duplicates.
CREATE MACRO drop_finess_duplicate(year, eta) AS
year <= 2017 AND coalesce(eta IN (SELECT finess FROM list_finess_duplicates), false);
