SELECT person_id, 'death_cause' AS category, code, 1 AS value, day AS first_day, day AS last_day
FROM death_cause
