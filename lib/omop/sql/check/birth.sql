-- In: cdm_person. Out: birth, a row a person: the day of birth, missing month and day taken as
-- the first; and mid_year, with 1 June for a birth of which only the year is used.
CREATE VIEW birth AS
SELECT person_id,
	coalesce(birth_datetime, TRY_CAST(concat(lpad(CAST(year_of_birth AS VARCHAR), 4, '0'), '-',
		lpad(CAST(coalesce(month_of_birth, 1) AS VARCHAR), 2, '0'), '-',
		lpad(CAST(coalesce(day_of_birth, 1) AS VARCHAR), 2, '0')) AS DATE)) AS birth_date,
	coalesce(birth_datetime, TRY_CAST(concat(lpad(CAST(year_of_birth AS VARCHAR), 4, '0'),
		'-06-01') AS DATE)) AS mid_year
FROM cdm_person
