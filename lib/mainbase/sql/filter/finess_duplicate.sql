-- The stay comes a second time under the legal number.
year <= 2017 AND eta IN (SELECT finess FROM list_finess_duplicates)
