-- What becomes of kinds of care: care that agrees in all that the rules look at. In: @kinds@ (id,
-- person_id of one of its persons, NULL where there is none, obs_start, obs_end, EXE_SOI_DTD,
-- DPN_QLF, PRS_DPN_QLP, ETE_IND_TAA); @day@: the day of care. Out: id, the rule that removes it.
SELECT id, filter
FROM (
	SELECT id, @filters_prs@ AS filter
	FROM (SELECT r.*, @day@ AS first_day, @day@ AS last_day FROM @kinds@ AS r) AS owned
) AS told
WHERE filter IS NOT NULL
