-- Units of stays (RUM). In: snds_mco_um, stay. Out: unit_stay (the stay's year, eta, rsa; unit,
-- person_id, days, type, principal, related, finess). A unit begins where the one before ends;
-- the last day of the stay is no later than the stay's. Diagnoses of units exist from 2008 on.
CREATE TABLE unit_row AS
SELECT year, eta, rsa, unit, person_id, nights, type, principal, related, finess, stay_first,
	stay_last, @filters_um@ AS filter
FROM (
	SELECT u.year, u.eta, u.rsa, u.unit, s.person_id, s.person_id AS stay_person,
		CASE WHEN u.nights > 0 THEN u.nights ELSE 0 END AS nights,
		coalesce(u.AUT_TYP1_UM, u.UM_TYP) AS type,
		CASE WHEN u.year >= 2008 THEN nullif(u.DGN_PAL, '') END AS principal,
		CASE WHEN u.year >= 2008 THEN nullif(u.DGN_REL, '') END AS related,
		u.ETA_NUM_GEO AS finess, s.first_day AS stay_first, s.last_day AS stay_last
	FROM snds_mco_um AS u
	LEFT JOIN stay AS s ON s.year = u.year AND s.eta = u.eta AND s.rsa = u.rsa
) AS found;

INSERT INTO filter_count SELECT 'um', filter, count(*) FROM unit_row GROUP BY filter;

CREATE TABLE unit_stay AS
SELECT year, eta, rsa, unit, person_id,
	least(stay_first + CAST(until - nights AS INTEGER), stay_last) AS first_day,
	least(stay_first + CAST(until AS INTEGER), stay_last) AS last_day,
	type, principal, related, finess
FROM (
	SELECT year, eta, rsa, unit, person_id, nights, type, principal, related, finess,
		stay_first, stay_last,
		CAST(sum(nights) OVER (PARTITION BY year, eta, rsa
			ORDER BY unit NULLS LAST, principal NULLS LAST, nights NULLS LAST,
				type NULLS LAST, related NULLS LAST, finess NULLS LAST
			ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS until
	FROM unit_row WHERE filter IS NULL
) AS placed;

DROP TABLE unit_row;
