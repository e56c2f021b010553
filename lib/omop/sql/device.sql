-- Devices and biology. In: device, hospital_device, biology, stay_visit. Out: device_row and
-- biology_row (an id, person_id, day, code, quantity, prescriber, type, visit_id, paid and refunded
-- in cents).
CREATE TABLE device_row AS
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, day NULLS LAST, code NULLS LAST,
	prescriber NULLS LAST, executor NULLS LAST, visit_id NULLS LAST, quantity NULLS LAST,
	paid NULLS LAST, refunded NULLS LAST) AS device_id,
	person_id, day, code, CAST(round(quantity) AS INTEGER) AS quantity, prescriber, type,
	visit_id, paid, refunded
FROM (
	SELECT person_id, day, code, quantity, prescriber, executor, 32869 AS type,
		CAST(NULL AS BIGINT) AS visit_id, paid, refunded
	FROM device
	UNION ALL
	SELECT d.person_id, d.day, d.code, d.quantity, NULL, NULL, 32853, v.visit_id, NULL, NULL
	FROM hospital_device AS d
	JOIN stay_visit AS v
		ON v.field = 'mco' AND v.year = d.year AND v.eta = d.eta AND v.number = d.rsa
) AS given;

DROP TABLE device;
DROP TABLE hospital_device;

CREATE TABLE biology_row AS
SELECT row_number() OVER (ORDER BY person_id NULLS LAST, day NULLS LAST, code NULLS LAST,
	prescriber NULLS LAST, executor NULLS LAST, paid NULLS LAST, refunded NULLS LAST)
		AS biology_id,
	person_id, day, code, prescriber, paid, refunded
FROM biology;

DROP TABLE biology;
