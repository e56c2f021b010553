-- What becomes of kinds of care, those that share all that filters look at. In: @kinds@ (id,
-- BEN_NIR_PSA, BEN_RNG_GEM, EXE_SOI_DTD, DPN_QLF, PRS_DPN_QLP, ETE_IND_TAA), pseudonym; @day@: the
-- day of care. Out: id, person, the rule that removes it (NULL: it stays).
SELECT id, person_id, filter
FROM (
	SELECT *, @filters_prs@ AS filter
	FROM (
		SELECT r.id, r.DPN_QLF, r.PRS_DPN_QLP, r.ETE_IND_TAA, @day@ AS first_day,
			@day@ AS last_day, n.person_id, n.obs_start, n.obs_end
		FROM @kinds@ AS r
		LEFT JOIN pseudonym AS n ON n.psa = r.BEN_NIR_PSA AND n.rng = r.BEN_RNG_GEM
	) AS owned
) AS told
