-- Rows of ER_PRS_F with what the filters look at. @relation@: the rows; @day@: the day of care.
(
	SELECT r.*, @day@ AS first_day, @day@ AS last_day, n.person_id, n.obs_start, n.obs_end,
		a.ETE_IND_TAA
	FROM @relation@ AS r
	LEFT JOIN pseudonym AS n ON n.psa = r.BEN_NIR_PSA AND n.rng = r.BEN_RNG_GEM
	LEFT JOIN taa AS a ON @same_care@
)
