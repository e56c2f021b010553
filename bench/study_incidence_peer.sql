-- What an analyst writes in DuckDB for ONE outcome and ONE denominator: first event ever
-- (infinite washout), yearly rates. In: person, observation_period, condition_occurrence.
CREATE OR REPLACE TEMP TABLE first_event AS
    SELECT person_id, min(condition_start_date) AS day
    FROM condition_occurrence
    WHERE condition_concept_id = 1
    GROUP BY person_id;
CREATE OR REPLACE TEMP TABLE at_risk AS
    SELECT o.person_id, o.observation_period_start_date AS s,
        least(o.observation_period_end_date, coalesce(f.day, o.observation_period_end_date)) AS e,
        f.day
    FROM observation_period o
    JOIN person USING (person_id)
    LEFT JOIN first_event f USING (person_id)
    WHERE f.day IS NULL OR f.day >= o.observation_period_start_date;
SELECT count(*) FROM (
    SELECT y, count(DISTINCT person_id) AS persons,
        sum(least(e, make_date(y, 12, 31)) - greatest(s, make_date(y, 1, 1)) + 1) AS days,
        count(*) FILTER (WHERE day = e AND year(day) = y) AS events
    FROM at_risk
    JOIN range(2000, 2020) years(y)
        ON s <= make_date(y, 12, 31) AND e >= make_date(y, 1, 1)
    GROUP BY y
);
