-- Whole years on the day; born on the first of the month when the day is not known.
(year(c.day) - year(p.birth) - CASE WHEN month(c.day) < month(p.birth)
	OR (month(c.day) = month(p.birth) AND day(c.day) < day(p.birth)) THEN 1 ELSE 0 END)
