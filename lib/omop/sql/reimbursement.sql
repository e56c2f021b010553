-- Reimbursed care. In: snds_prs, pseudonym. Out: the view prs (a row of ER_PRS_F with its
-- person and filter); nothing is stored, later files read what they need of it.
CREATE VIEW prs AS
SELECT r.*, n.person_id, n.obs_end,
	CASE WHEN drop_hospital_expense(r.DPN_QLF, r.PRS_DPN_QLP) THEN 'hospital_expense'
		WHEN drop_unknown_person(n.person_id) THEN 'unknown_person'
		WHEN drop_outside_observation(r.EXE_SOI_DTD, r.EXE_SOI_DTD, n.obs_start, n.obs_end)
		THEN 'outside_observation' END AS filter
FROM snds_prs AS r
LEFT JOIN pseudonym AS n ON n.psa = r.BEN_NIR_PSA AND n.rng = r.BEN_RNG_GEM;

INSERT INTO filter_count SELECT 'prs', filter, count(*) FROM prs GROUP BY filter;
