SELECT person_id, 'ssr_stay' AS category, kind AS code, 1 AS value, first_day, last_day
FROM ssr_stay
