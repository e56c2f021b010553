-- Drugs. In: drug, town_ucd, hospital_drug, stay_visit, snds_pha_r, list_days_supply. Out: drug_row
-- (drug_id, person_id, days, vocabulary, code, quantity, days of supply, prescriber, visit_id, paid
-- and refunded in cents). How long a unit of a hospital drug lasts is not known.
CREATE TABLE drug_row AS
WITH pack AS (
	SELECT PHA_CIP_C13 AS code, max(CASE WHEN trim(PHA_CND_TOP) = 'GC' THEN 1 ELSE 0 END) AS big
	FROM snds_pha_r GROUP BY PHA_CIP_C13
), supply AS (
	SELECT max(CASE WHEN pack = 'small' THEN CAST(days AS INTEGER) END) AS small,
		max(CASE WHEN pack = 'large' THEN CAST(days AS INTEGER) END) AS large
	FROM list_days_supply
), given AS (
	SELECT d.person_id, d.day, 'CIP13' AS vocabulary, d.code,
		CAST(d.boxes AS DOUBLE) AS quantity,
		CAST(d.boxes * CASE WHEN p.big = 1 THEN s.large ELSE s.small END AS INTEGER)
			AS days,
		d.prescriber, d.executor, 32869 AS type, CAST(NULL AS BIGINT) AS visit_id, d.paid,
		d.refunded, d.obs_end
	FROM drug AS d
	LEFT JOIN pack AS p ON p.code = d.code
	CROSS JOIN supply AS s
	UNION ALL
	SELECT person_id, day, 'UCD', code, quantity, NULL, prescriber, executor, 32869, NULL, paid,
		refunded, obs_end
	FROM town_ucd
	UNION ALL
	SELECT d.person_id, d.day, 'UCD', d.code, d.quantity, NULL, NULL, NULL, 32853, v.visit_id,
		NULL, NULL, d.obs_end
	FROM hospital_drug AS d
	JOIN stay_visit AS v
		ON v.field = 'mco' AND v.year = d.year AND v.eta = d.eta AND v.number = d.rsa
)
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, day NULLS LAST, vocabulary NULLS LAST,
	code NULLS LAST, prescriber NULLS LAST, executor NULLS LAST, visit_id NULLS LAST,
	quantity NULLS LAST, paid NULLS LAST, refunded NULLS LAST) AS drug_id,
	person_id, day, least(day + coalesce(days - 1, 0), obs_end) AS last_day, vocabulary, code,
	quantity, days, prescriber, type, visit_id, paid, refunded
FROM given;

DROP TABLE drug;
DROP TABLE town_ucd;
DROP TABLE hospital_drug;
