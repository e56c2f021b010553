-- Acts. In: act, outpatient_act, town_act, stay_visit, visit. Out: procedure_row (procedure_id,
-- person_id, day, code, quantity, visit_id, executor, paid and refunded in cents). An act in town
-- belongs to the consultation of its professional on that day, when there is one.
CREATE TABLE procedure_row AS
WITH acts AS (
	SELECT a.person_id, a.day, a.code, CAST(a.quantity AS DOUBLE) AS quantity, v.visit_id,
		32853 AS type, CAST(NULL AS STRING) AS executor, CAST(NULL AS BIGINT) AS paid,
		CAST(NULL AS BIGINT) AS refunded
	FROM act AS a
	JOIN stay_visit AS v
		ON v.field = 'mco' AND v.year = a.year AND v.eta = a.eta AND v.number = a.rsa
	UNION ALL
	SELECT a.person_id, a.day, a.code, a.quantity, v.visit_id, 32810, NULL, NULL, NULL
	FROM outpatient_act AS a
	JOIN stay_visit AS v ON v.field = 'external' AND v.year = a.year AND v.eta = a.eta
		AND v.number = a.number
	UNION ALL
	SELECT a.person_id, a.day, a.code, a.quantity, v.visit_id, 32871, a.executor, a.paid,
		a.refunded
	FROM town_act AS a
	LEFT JOIN visit AS v ON v.field = 'town' AND v.person_id = a.person_id
		AND v.first_day = a.day AND v.executor = a.executor
)
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, day NULLS LAST, code NULLS LAST,
	visit_id NULLS LAST, executor NULLS LAST, quantity NULLS LAST, paid NULLS LAST,
	refunded NULLS LAST) AS procedure_id,
	person_id, day, code, CAST(round(quantity) AS INTEGER) AS quantity, visit_id, type,
	executor, paid, refunded
FROM acts;

DROP TABLE act;
DROP TABLE outpatient_act;
DROP TABLE town_act;
DROP TABLE consultation;
