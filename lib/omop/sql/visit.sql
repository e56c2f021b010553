-- Visits. In: stay, consultation. Out: visit (visit_id, person, days, concepts; year, eta, rsa
-- of the stay, NULL for a consultation).
CREATE TABLE visit AS
SELECT row_number() OVER (ORDER BY person_id, first_day, last_day, concept, year, eta, rsa,
	executor) AS visit_id, *
FROM (
	SELECT person_id, first_day, last_day, 9201 AS concept, 32853 AS type,
		'T_MCO' || lpad(CAST(year % 100 AS VARCHAR), 2, '0') || 'B' AS source_value,
		entry_mode, exit_mode, year, eta, rsa, CAST(NULL AS VARCHAR) AS executor,
		obs_start, obs_end, principal, related
	FROM stay WHERE filter IS NULL
	UNION ALL
	SELECT person_id, day, day, 9202, 32871, 'PRS_NAT_REF ' || CAST(nature AS VARCHAR),
		NULL, NULL, NULL, NULL, NULL, executor, NULL, NULL, NULL, NULL
	FROM consultation
) AS visits;

CREATE TABLE stay_visit AS SELECT * FROM visit WHERE eta IS NOT NULL;
DROP TABLE consultation;
DROP TABLE stay;
