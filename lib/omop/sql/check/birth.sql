-- In: cdm_person. Out: birth, a row a person: the day of birth, missing month and day taken as
-- the first, NULL when there is no such day; and mid_year, with 1 June for a birth of which only
-- the year is used.
CREATE VIEW birth AS
SELECT person_id,
	coalesce(birth_datetime, CASE WHEN d BETWEEN 1 AND day(last_day(month_start))
		THEN make_date(y, m, d) END) AS birth_date,
	coalesce(birth_datetime, CASE WHEN y BETWEEN 1 AND 9999 THEN make_date(y, 6, 1) END)
		AS mid_year
FROM (
	SELECT *, CASE WHEN y BETWEEN 1 AND 9999 AND m BETWEEN 1 AND 12
		THEN make_date(y, m, 1) END AS month_start
	FROM (
		SELECT person_id, birth_datetime, year_of_birth AS y,
			coalesce(month_of_birth, 1) AS m, coalesce(day_of_birth, 1) AS d
		FROM cdm_person
	) AS told
) AS begun
