-- Reimbursed care. In: snds_prs, taa, pseudonym. Out: the view prs (a row of ER_PRS_F with its
-- person and filter); nothing is stored, later files read what they need of it.
CREATE VIEW prs AS
SELECT *, @filters_prs@ AS filter
FROM (
	SELECT r.*, r.EXE_SOI_DTD AS first_day, r.EXE_SOI_DTD AS last_day, n.person_id,
		n.obs_start, n.obs_end, a.ETE_IND_TAA
	FROM snds_prs AS r
	LEFT JOIN pseudonym AS n ON n.psa = r.BEN_NIR_PSA AND n.rng = r.BEN_RNG_GEM
	LEFT JOIN taa AS a ON @same_care@
) AS owned;

INSERT INTO filter_count SELECT 'prs', filter, count(*) FROM prs GROUP BY filter;
