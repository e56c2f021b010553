-- DuckDB only: names a row of the file by its number.
-- in: person, observation_period
-- out: the number of the first row, from 1, that begins before an earlier period of its
-- person has ended
SELECT min(n)::BIGINT
FROM (
    SELECT
        n,
        observation_period_start_date <= lag(observation_period_end_date) OVER (
            PARTITION BY person_id
            ORDER BY observation_period_start_date, observation_period_end_date, n) AS late
    FROM (SELECT row_number() OVER () AS n, * FROM observation_period)
    WHERE person_id IN (SELECT person_id FROM person)
)
WHERE late
