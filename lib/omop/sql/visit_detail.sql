-- Units of stays. In: unit_stay, stay_visit. Out: detail (detail_id, visit_id, the unit, what it
-- is part of, principal, related).
CREATE TABLE detail AS
SELECT row_number() OVER (ORDER BY v.visit_id NULLS LAST, u.unit NULLS LAST,
	u.first_day NULLS LAST, u.last_day NULLS LAST, u.type NULLS LAST, u.principal NULLS LAST,
	u.related NULLS LAST, u.finess NULLS LAST) AS detail_id,
	v.visit_id, u.person_id, u.unit, u.first_day, u.last_day, u.type, u.finess, u.principal,
	u.related
FROM unit_stay AS u
JOIN stay_visit AS v
	ON v.field = 'mco' AND v.year = u.year AND v.eta = u.eta AND v.number = u.rsa;

DROP TABLE unit_stay;
