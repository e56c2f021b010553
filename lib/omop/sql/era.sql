-- Eras: what is less than 30 days apart is one. In: condition, drug_row, coded. Out:
-- condition_era_row and drug_era_row (person_id, concept_id, days, records, gap days). A condition
-- without an end lasts its first day. Codes without a concept have no era. The gap of 30 days is
-- that of the OHDSI scripts for eras (CommonDataModel wiki). Of rows with equal days the first is
-- the one with nothing, or less, before it: it opens the era.
CREATE TABLE condition_era_row AS
WITH span AS (
	SELECT x.person_id, c.concept_id, x.first_day,
		coalesce(x.last_day, x.first_day) AS last_day
	FROM condition AS x
	JOIN coded AS c ON c.vocabulary = 'CIM10' AND c.code = x.code
	WHERE c.concept_id > 0
), reached AS (
	SELECT person_id, concept_id, first_day, last_day,
		max(last_day) OVER (PARTITION BY person_id, concept_id
			ORDER BY first_day NULLS LAST, last_day NULLS LAST
			ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
	FROM span
), numbered AS (
	SELECT person_id, concept_id, first_day, last_day,
		sum(CASE WHEN first_day <= before + 30 THEN 0 ELSE 1 END) OVER (
			PARTITION BY person_id, concept_id
			ORDER BY first_day NULLS LAST, last_day NULLS LAST,
				before NULLS FIRST
			ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS era
	FROM reached
)
SELECT person_id, concept_id, min(first_day) AS first_day, max(last_day) AS last_day,
	count(*) AS records
FROM numbered
GROUP BY person_id, concept_id, era;

CREATE TABLE drug_era_row AS
WITH span AS (
	SELECT x.person_id, c.concept_id, x.day AS first_day, x.last_day
	FROM drug_row AS x
	JOIN coded AS c ON c.vocabulary = x.vocabulary AND c.code = x.code
	WHERE c.concept_id > 0
), reached AS (
	SELECT person_id, concept_id, first_day, last_day,
		max(last_day) OVER (PARTITION BY person_id, concept_id
			ORDER BY first_day NULLS LAST, last_day NULLS LAST
			ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
	FROM span
), numbered AS (
	SELECT person_id, concept_id, first_day, last_day,
		CASE WHEN first_day <= before + 30 AND first_day > before + 1
			THEN CAST(first_day - before AS INTEGER) - 1 ELSE 0 END AS gap,
		sum(CASE WHEN first_day <= before + 30 THEN 0 ELSE 1 END) OVER (
			PARTITION BY person_id, concept_id
			ORDER BY first_day NULLS LAST, last_day NULLS LAST,
				before NULLS FIRST
			ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS era
	FROM reached
)
SELECT person_id, concept_id, min(first_day) AS first_day, max(last_day) AS last_day,
	count(*) AS records, CAST(sum(gap) AS BIGINT) AS gap_days
FROM numbered
GROUP BY person_id, concept_id, era;
