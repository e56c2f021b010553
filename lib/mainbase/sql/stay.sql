-- Stays in MCO. In: snds_mco_b, snds_mco_c, pseudonym, psa_person. Out: stay_row (every stay with
-- its filter), stay (a kept stay: year, eta, rsa, person_id, days, diagnoses, group).
CREATE TABLE stay_row AS
WITH owned AS (
	SELECT coalesce(b.year, c.year) AS year, coalesce(b.eta, c.eta) AS eta,
		coalesce(b.rsa, c.rsa) AS rsa, b.rsa AS rsa_b, c.rsa AS rsa_c,
		b.DGN_PAL, b.DGN_REL, b.GRG_GHM, b.GHS_NUM, b.SEJ_TYP, b.ENT_MOD, b.SOR_MOD,
		c.NIR_ANO_17, c.EXE_SOI_DTD AS first_day, c.EXE_SOI_DTF AS last_day,
		c.NIR_RET, c.NAI_RET, c.SEX_RET, c.SEJ_RET, c.FHO_RET, c.PMS_RET, c.DAT_RET,
		c.COH_NAI_RET, c.COH_SEX_RET, h.persons, r.person_id AS person_of_rank,
		CASE WHEN h.persons = 1 THEN h.person_id ELSE r.person_id END AS person_id
	FROM snds_mco_b AS b
	FULL OUTER JOIN snds_mco_c AS c ON c.year = b.year AND c.eta = b.eta AND c.rsa = b.rsa
	LEFT JOIN psa_person AS h ON h.psa = c.NIR_ANO_17
	LEFT JOIN pseudonym AS r ON r.psa = c.NIR_ANO_17 AND r.rng = c.RNG_NAI
), watched AS (
	SELECT o.*, p.obs_start, p.obs_end
	FROM owned AS o
	LEFT JOIN person AS p ON p.person_id = o.person_id
)
SELECT year, eta, rsa, person_id, first_day, last_day, DGN_PAL AS principal, DGN_REL AS related,
	GRG_GHM AS ghm, ENT_MOD AS entry_mode, SOR_MOD AS exit_mode, obs_start, obs_end,
	@filters_stay@ AS filter
FROM watched;

INSERT INTO filter_count SELECT 'stay', filter, count(*) FROM stay_row GROUP BY filter;

CREATE TABLE stay AS
SELECT year, eta, rsa, person_id, first_day, last_day, principal, related, ghm, entry_mode,
	exit_mode, obs_start, obs_end
FROM stay_row WHERE filter IS NULL;

INSERT INTO removed_stay
SELECT 'stay', year, eta, rsa, CAST(NULL AS STRING), person_id, filter
FROM stay_row WHERE filter IS NOT NULL;

DROP TABLE stay_row;
