-- Visits. In: stay, outpatient, ssr_stay, had_stay, psychiatry_stay, consultation, outpatient_fee,
-- snds_mco_valo. Out: visit (visit_id, person, days, concepts, where and by whom; field and keys of
-- a stay; paid and refunded in cents), stay_visit (field, year, eta, number -> visit_id).
CREATE TABLE visit AS
WITH fee AS (
	SELECT year, eta, number, CAST(sum(paid) AS BIGINT) AS paid,
		CAST(sum(refunded) AS BIGINT) AS refunded
	FROM outpatient_fee GROUP BY year, eta, number
), value AS (
	SELECT year, eta, rsa,
		CAST(sum(round((MNT_TOT_AM + coalesce(MNT_RAC, 0)) * 100)) AS BIGINT) AS paid,
		CAST(sum(round(MNT_TOT_AM * 100)) AS BIGINT) AS refunded
	FROM snds_mco_valo GROUP BY year, eta, rsa
), visits AS (
	SELECT s.person_id, s.first_day, s.last_day, 9201 AS concept, 32853 AS type,
		'T_MCO' || lpad(CAST(s.year % 100 AS STRING), 2, '0') || 'B' AS source_value,
		s.entry_mode, s.exit_mode, 'mco' AS field, s.year, s.eta, s.rsa AS number,
		CAST(NULL AS STRING) AS executor, v.paid, v.refunded
	FROM stay AS s
	LEFT JOIN value AS v ON v.year = s.year AND v.eta = s.eta AND v.rsa = s.rsa
	UNION ALL
	SELECT o.person_id, o.first_day, o.last_day, 9202, 32810,
		'T_MCO' || lpad(CAST(o.year % 100 AS STRING), 2, '0') || 'CSTC',
		NULL, NULL, 'external', o.year, o.eta, o.number, NULL, f.paid, f.refunded
	FROM outpatient AS o
	LEFT JOIN fee AS f ON f.year = o.year AND f.eta = o.eta AND f.number = o.number
	UNION ALL
	SELECT person_id, first_day, last_day, 9201, 32853,
		'T_SSR' || lpad(CAST(year % 100 AS STRING), 2, '0') || 'B', entry_mode, exit_mode,
		'ssr', year, eta, number, NULL, NULL, NULL
	FROM ssr_stay
	UNION ALL
	SELECT person_id, first_day, last_day, 581476, 32853,
		'T_HAD' || lpad(CAST(year % 100 AS STRING), 2, '0') || 'B', entry_mode, exit_mode,
		'had', year, eta, number, NULL, NULL, NULL
	FROM had_stay
	UNION ALL
	SELECT person_id, first_day, last_day, 9201, 32853,
		'T_RIP' || lpad(CAST(year % 100 AS STRING), 2, '0') || 'RSA', entry_mode,
		exit_mode, 'psychiatry', year, eta, number, NULL, NULL, NULL
	FROM psychiatry_stay
	UNION ALL
	SELECT person_id, day, day, 9202, 32871, 'PRS_NAT_REF ' || CAST(nature AS STRING),
		NULL, NULL, 'town', NULL, NULL, NULL, executor, paid, refunded
	FROM consultation
)
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, first_day NULLS LAST,
	last_day NULLS LAST, concept NULLS LAST, field NULLS LAST, year NULLS LAST, eta NULLS LAST,
	number NULLS LAST, executor NULLS LAST) AS visit_id,
	person_id, first_day, last_day, concept, type, source_value, entry_mode, exit_mode, field,
	year, eta, number, executor, paid, refunded
FROM visits;

CREATE TABLE stay_visit AS
SELECT field, year, eta, number, visit_id FROM visit WHERE field <> 'town';

DROP TABLE outpatient;
DROP TABLE outpatient_fee;
DROP TABLE ssr_stay;
DROP TABLE had_stay;
DROP TABLE psychiatry_stay;
DROP TABLE stay;
