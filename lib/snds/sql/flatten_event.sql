-- In: event. Out: those that begin in a month, @when@.
SELECT person_id, category, code, value, first_day, last_day
FROM event
WHERE @when@
ORDER BY person_id NULLS LAST, first_day NULLS LAST, category NULLS LAST, code NULLS LAST,
	last_day NULLS LAST, value NULLS LAST
