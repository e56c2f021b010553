-- Acts. In: act, stay_visit. Out: visit_act (person_id, day, code, quantity, visit_id).
CREATE TABLE visit_act AS
SELECT a.person_id, v.visit_id, a.code, a.day, a.quantity
FROM act AS a
JOIN stay_visit AS v ON v.year = a.year AND v.eta = a.eta AND v.rsa = a.rsa;

DROP TABLE act;
