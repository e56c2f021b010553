-- A CDM of $persons persons, $folder: one observation period each (one in ten has two),
-- some 0.3 records a person of two conditions. Every value is a hash of the row's number.
CREATE MACRO draw(i, salt, n) AS (hash(i, salt) % n)::INTEGER;
COPY (
    SELECT i AS person_id,
        CASE draw(i, 1, 2) WHEN 0 THEN 8507 ELSE 8532 END AS gender_concept_id,
        1920 + draw(i, 2, 96) AS year_of_birth,
        1 + draw(i, 3, 12) AS month_of_birth,
        1 + draw(i, 4, 28) AS day_of_birth
    FROM range(1, $persons + 1) t(i)
) TO '@FOLDER@/person.parquet' (FORMAT parquet);
CREATE TEMP TABLE period AS
    SELECT i AS person_id,
        DATE '2000-01-01' + draw(i, 5, 5500) AS s,
        DATE '2000-01-01' + draw(i, 5, 5500) + 30 + draw(i, 6, 3000) AS e
    FROM range(1, $persons + 1) t(i);
COPY (
    SELECT person_id, s AS observation_period_start_date,
        least(e, DATE '2019-12-31') AS observation_period_end_date
    FROM period
    UNION ALL
    SELECT person_id, e + 100, e + 600
    FROM period
    WHERE draw(person_id, 7, 10) = 0 AND e + 600 < DATE '2019-12-31' AND e < DATE '2019-01-01'
) TO '@FOLDER@/observation_period.parquet' (FORMAT parquet);
COPY (
    SELECT person_id, 1 + draw(person_id, k, 2) AS condition_concept_id,
        s + draw(person_id, k + 100, 2000) AS condition_start_date,
        s + draw(person_id, k + 100, 2000) + draw(person_id, k + 200, 20) AS condition_end_date
    FROM period, range(3) r(k)
    WHERE draw(person_id, k + 300, 10) = 0
) TO '@FOLDER@/condition_occurrence.parquet' (FORMAT parquet);
