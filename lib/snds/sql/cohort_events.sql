-- A set of events. In: event, cohort_atc. Out: @table@ (person_id, first_day, last_day); what
-- has no end ends on 9999-12-31.
CREATE TABLE @table@ AS
SELECT DISTINCT person_id, first_day, coalesce(last_day, DATE '9999-12-31') AS last_day
FROM event
WHERE first_day IS NOT NULL AND (@chosen@)@also@;
