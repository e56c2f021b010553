-- Places, establishments and professionals that care names. In: person, visit, detail,
-- procedure_row, drug_row, device_row, biology_row, snds_ide, snds_mco_e, snds_pra. Out: place
-- (location_id, department, commune), site (care_site_id, finess, name, category, department,
-- commune), professional (provider_id, number, specialty, sex, birth_year). A number of zeros
-- names nobody.
CREATE TABLE site AS
WITH seen AS (
	SELECT eta AS finess FROM visit WHERE eta IS NOT NULL
	UNION
	SELECT finess FROM detail WHERE finess IS NOT NULL
), named AS (
	SELECT eta, max(SOC_RAI) AS name FROM snds_mco_e GROUP BY eta
), listed AS (
	SELECT eta, max(IDE_CPT_RSC) AS name, max(IDE_PSH_CAT) AS category,
		max(trim(IDE_INS_COM)) AS commune
	FROM snds_ide GROUP BY eta
)
SELECT row_number() OVER (ORDER BY s.finess NULLS LAST) AS care_site_id, s.finess,
	coalesce(l.name, n.name) AS name, l.category,
	CASE WHEN l.commune LIKE '97%' THEN left(l.commune, 3)
		WHEN length(l.commune) = 5 THEN '0' || left(l.commune, 2) END AS department,
	CASE WHEN length(l.commune) = 5 THEN right(l.commune, 3) END AS commune
FROM seen AS s
LEFT JOIN listed AS l ON l.eta = s.finess
LEFT JOIN named AS n ON n.eta = s.finess;

CREATE TABLE place AS
SELECT row_number() OVER (ORDER BY department NULLS LAST, commune NULLS LAST) AS location_id,
	department, commune
FROM (
	SELECT trim(department) AS department, trim(coalesce(commune, '')) AS commune FROM person
	WHERE trim(department) <> ''
	UNION
	SELECT department, coalesce(commune, '') FROM site WHERE department IS NOT NULL
) AS places;

CREATE TABLE professional AS
WITH seen AS (
	SELECT executor AS number FROM visit
	UNION
	SELECT executor FROM procedure_row
	UNION
	SELECT prescriber FROM drug_row
	UNION
	SELECT prescriber FROM device_row
	UNION
	SELECT prescriber FROM biology_row
), ranked AS (
	SELECT trim(PFS_PFS_NUM) AS number, PFS_PRA_SPE, IPP_SEX_COD, IPP_ANN_NAI,
		row_number() OVER (PARTITION BY trim(PFS_PFS_NUM)
			ORDER BY DTE_ANN_TRT DESC NULLS LAST, DTE_MOI_FIN DESC NULLS LAST,
			PFS_PRA_SPE NULLS LAST, IPP_ANN_NAI NULLS LAST,
			IPP_SEX_COD NULLS LAST) AS rank
	FROM snds_pra
)
SELECT row_number() OVER (ORDER BY s.number NULLS LAST) AS provider_id, s.number,
	lpad(CAST(r.PFS_PRA_SPE AS STRING), 2, '0') AS specialty, r.IPP_SEX_COD AS sex,
	r.IPP_ANN_NAI AS birth_year
FROM seen AS s
LEFT JOIN ranked AS r ON r.number = trim(s.number) AND r.rank = 1
WHERE translate(trim(s.number), '0', '') <> '';
