-- Hospital care without a stay. In: snds_mco_cstc, pseudonym, psa_person, person. Out: outpatient
-- (year, eta, number, person_id, days, obs_end).
CREATE TABLE outpatient_row AS
WITH owned AS (
	SELECT c.year, c.eta, c.number, c.NIR_ANO_17, c.EXE_SOI_DTD AS first_day,
		coalesce(c.EXE_SOI_DTF, c.EXE_SOI_DTD) AS last_day, c.NIR_RET, c.NAI_RET,
		c.SEX_RET, c.IAS_RET, c.ENT_DAT_RET, h.persons, r.person_id AS person_of_rank,
		CASE WHEN h.persons = 1 THEN h.person_id ELSE r.person_id END AS person_id
	FROM snds_mco_cstc AS c
	LEFT JOIN psa_person AS h ON h.psa = c.NIR_ANO_17
	LEFT JOIN pseudonym AS r ON r.psa = c.NIR_ANO_17 AND r.rng = c.RNG_NAI
), watched AS (
	SELECT o.*, p.obs_start, p.obs_end
	FROM owned AS o
	LEFT JOIN person AS p ON p.person_id = o.person_id
)
SELECT year, eta, number, person_id, first_day, last_day, obs_start, obs_end,
	@filters_cstc@ AS filter
FROM watched;

INSERT INTO filter_count SELECT 'cstc', filter, count(*) FROM outpatient_row GROUP BY filter;

CREATE TABLE outpatient AS
SELECT year, eta, number, person_id, first_day, last_day, obs_start, obs_end
FROM outpatient_row WHERE filter IS NULL;

INSERT INTO removed_stay
SELECT 'cstc', year, eta, number, CAST(NULL AS STRING), person_id, filter
FROM outpatient_row WHERE filter IS NOT NULL;

DROP TABLE outpatient_row;
