-- Stays. In: snds_mco_b, snds_mco_c, pseudonym, psa_person. Out: stay (a stay with its person,
-- days, diagnoses and filter).
CREATE TABLE stay AS
WITH joined AS (
	SELECT coalesce(b.year, c.year) AS year, coalesce(b.eta, c.eta) AS eta,
		coalesce(b.rsa, c.rsa) AS rsa, b.rsa AS rsa_b, c.rsa AS rsa_c,
		b.* EXCLUDE (year, eta, rsa), c.* EXCLUDE (year, eta, rsa)
	FROM snds_mco_b AS b
	FULL OUTER JOIN snds_mco_c AS c ON c.year = b.year AND c.eta = b.eta AND c.rsa = b.rsa
), owned AS (
	SELECT j.*, h.persons, r.person_id AS person_of_rank,
		CASE WHEN h.persons = 1 THEN h.person_id ELSE r.person_id END AS person_id
	FROM joined AS j
	LEFT JOIN psa_person AS h ON h.psa = j.NIR_ANO_17
	LEFT JOIN pseudonym AS r ON r.psa = j.NIR_ANO_17 AND r.rng = j.RNG_NAI
)
SELECT o.year, o.eta, o.rsa, p.person_id, o.EXE_SOI_DTD AS first_day, o.EXE_SOI_DTF AS last_day,
	plain_code(o.DGN_PAL) AS principal, plain_code(o.DGN_REL) AS related,
	o.ENT_MOD AS entry_mode, o.SOR_MOD AS exit_mode, p.obs_start, p.obs_end,
	CASE WHEN drop_unlinked_stay(o.rsa_b, o.rsa_c) THEN 'unlinked_stay'
		WHEN drop_return_code(o.NIR_RET, o.NAI_RET, o.SEX_RET, o.SEJ_RET, o.FHO_RET,
			o.PMS_RET, o.DAT_RET, o.COH_NAI_RET, o.COH_SEX_RET) THEN 'return_code'
		WHEN drop_grouping_error(o.GRG_GHM) THEN 'grouping_error'
		WHEN drop_placeholder_nir(o.NIR_ANO_17) THEN 'placeholder_nir'
		WHEN drop_finess_duplicate(o.year, o.eta) THEN 'finess_duplicate'
		WHEN drop_sej_typ_b(o.SEJ_TYP, o.GRG_GHM) THEN 'sej_typ_b'
		WHEN drop_ghm_14z08z(o.GRG_GHM) THEN 'ghm_14z08z'
		WHEN drop_ghs_9999(o.GHS_NUM) THEN 'ghs_9999'
		WHEN drop_shared_pseudonym(o.persons, o.person_of_rank) THEN 'shared_pseudonym'
		WHEN drop_unknown_person(p.person_id) THEN 'unknown_person'
		WHEN drop_outside_observation(o.EXE_SOI_DTD, o.EXE_SOI_DTF, p.obs_start, p.obs_end)
		THEN 'outside_observation' END AS filter
FROM owned AS o
LEFT JOIN person AS p ON p.person_id = o.person_id;

INSERT INTO filter_count SELECT 'stay', filter, count(*) FROM stay GROUP BY filter;
