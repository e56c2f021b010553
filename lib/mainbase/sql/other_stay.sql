-- Stays of SSR, HAD and psychiatry. In: @field@_row (its rows: weeks or sequences), @patient@,
-- pseudonym, psa_person, person. Out: @care@ (year, eta, number, person_id, days, kind, modes,
-- obs_end). The rows count as the stage @field@_row, the stays as @stage@; a stay is in error when
-- all its rows are. It comes in as its first row that says how, and goes out as its last one; of
-- two rows with one number the mode itself decides.
CREATE TABLE other_part AS
SELECT year, eta, number, kind, entry_mode, exit_mode, part, turn,
	CASE WHEN @drop_grouping_error@ THEN 'grouping_error'
		WHEN @drop_automatic_row@ THEN 'automatic_row'
		WHEN @drop_trial_leave@ THEN 'trial_leave' END AS filter
FROM @field@_row;

CREATE TABLE other_row AS
WITH main AS (
	SELECT year, eta, number, min(CASE WHEN filter IS NULL THEN kind END) AS kind,
		min_by(entry_mode, turn || entry_mode) AS entry_mode,
		max_by(exit_mode, turn || exit_mode) AS exit_mode,
		count(*) AS parts, count(filter) AS parts_out, min(filter) AS part_filter
	FROM other_part
	GROUP BY year, eta, number
), owned AS (
	SELECT coalesce(m.year, c.year) AS year, coalesce(m.eta, c.eta) AS eta,
		coalesce(m.number, c.number) AS number, m.number AS rsa_b, c.number AS rsa_c,
		m.kind, m.entry_mode, m.exit_mode, m.parts, m.parts_out, c.NIR_ANO_17,
		c.EXE_SOI_DTD AS first_day, c.EXE_SOI_DTF AS last_day, c.NIR_RET, c.NAI_RET,
		c.SEX_RET, c.SEJ_RET, c.FHO_RET, c.PMS_RET, c.DAT_RET, c.COH_NAI_RET,
		c.COH_SEX_RET, h.persons, r.person_id AS person_of_rank,
		CASE WHEN h.persons = 1 THEN h.person_id ELSE r.person_id END AS person_id
	FROM main AS m
	FULL OUTER JOIN @patient@ AS c
		ON c.year = m.year AND c.eta = m.eta AND c.number = m.number
	LEFT JOIN psa_person AS h ON h.psa = c.NIR_ANO_17
	LEFT JOIN pseudonym AS r ON r.psa = c.NIR_ANO_17 AND r.rng = c.RNG_NAI
), watched AS (
	SELECT o.*, p.obs_start, p.obs_end
	FROM owned AS o
	LEFT JOIN person AS p ON p.person_id = o.person_id
)
SELECT year, eta, number, person_id, first_day, last_day, kind, entry_mode, exit_mode, obs_start,
	obs_end, @filters@ AS filter
FROM watched;

INSERT INTO filter_count SELECT '@stage@', filter, count(*) FROM other_row GROUP BY filter;

CREATE TABLE @care@ AS
SELECT year, eta, number, person_id, first_day, last_day, kind, entry_mode, exit_mode, obs_start,
	obs_end
FROM other_row WHERE filter IS NULL;

INSERT INTO filter_count
SELECT '@field@_row', filter, count(*)
FROM (
	SELECT CASE WHEN p.filter IS NOT NULL THEN p.filter
		WHEN s.person_id IS NULL THEN 'removed_stay' END AS filter
	FROM other_part AS p
	LEFT JOIN @care@ AS s ON s.year = p.year AND s.eta = p.eta AND s.number = p.number
) AS parts
GROUP BY filter;

INSERT INTO removed_stay
SELECT '@stage@', year, eta, number, CAST(NULL AS STRING), person_id, filter
FROM other_row WHERE filter IS NOT NULL
UNION ALL
SELECT '@field@_row', year, eta, number, part, CAST(NULL AS BIGINT), filter
FROM other_part WHERE filter IS NOT NULL;

DROP TABLE other_row;
DROP TABLE other_part;
