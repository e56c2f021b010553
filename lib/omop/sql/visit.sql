-- Visits. In: stay, consultation. Out: visit (visit_id, person, days, concepts; executor of a
-- consultation), stay_visit (the stay's year, eta, rsa -> visit_id).
CREATE TABLE visit AS
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, first_day NULLS LAST,
	last_day NULLS LAST, concept NULLS LAST, year NULLS LAST, eta NULLS LAST, rsa NULLS LAST,
	executor NULLS LAST) AS visit_id, *
FROM (
	SELECT person_id, first_day, last_day, 9201 AS concept, 32853 AS type,
		'T_MCO' || lpad(CAST(year % 100 AS STRING), 2, '0') || 'B' AS source_value,
		entry_mode, exit_mode, year, eta, rsa, CAST(NULL AS STRING) AS executor
	FROM stay
	UNION ALL
	SELECT person_id, day, day, 9202, 32871, 'PRS_NAT_REF ' || CAST(nature AS STRING),
		NULL, NULL, NULL, NULL, NULL, executor
	FROM consultation
) AS visits;

CREATE TABLE stay_visit AS
SELECT year, eta, rsa, visit_id FROM visit WHERE eta IS NOT NULL;

DROP TABLE consultation;
DROP TABLE stay;
