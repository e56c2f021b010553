-- What an analyst writes in DuckDB for diabetes: three dispensings of antidiabetics within 365
-- days, or an ALD, or a stay; the first day. The rules of the SNDS that matter for it are applied
-- by hand: no DPN_QLF 71, sums of quantities, ALD of three natures, return codes of the PMSI.
CREATE TEMP TABLE person AS
SELECT BEN_NIR_PSA AS psa, BEN_RNG_GEM AS rng,
	coalesce(BEN_NIR_ANO, BEN_NIR_PSA || BEN_RNG_GEM) AS person
FROM '@FOLDER@/IR_BEN_R.parquet' WHERE BEN_CDI_NIR = '00';
CREATE TEMP TABLE bought AS
SELECT n.person, p.EXE_SOI_DTD AS day
FROM '@FOLDER@/ER_PHA_F.parquet' AS h
JOIN '@FOLDER@/ER_PRS_F.parquet' AS p USING (DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD,
	FLX_EMT_TYP, FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF)
JOIN person AS n ON n.psa = p.BEN_NIR_PSA AND n.rng = p.BEN_RNG_GEM
WHERE p.DPN_QLF <> 71 AND p.PRS_DPN_QLP <> 71 AND h.PHA_PRS_C13 IN (
	SELECT CAST(PHA_CIP_C13 AS BIGINT) FROM '@FOLDER@/IR_PHA_R.parquet'
	WHERE PHA_ATC_C07 LIKE 'A10A%' OR (PHA_ATC_C07 LIKE 'A10B%' AND PHA_ATC_C07 <> 'A10BX06'))
GROUP BY n.person, p.EXE_SOI_DTD, h.PHA_PRS_C13, p.PFS_PRE_NUM, p.PFS_EXE_NUM
HAVING sum(h.PHA_ACT_QSN) > 0;
CREATE TEMP TABLE found AS
SELECT person, day FROM (
	SELECT person, day, lag(day, 2) OVER (PARTITION BY person ORDER BY day) AS start
	FROM (SELECT DISTINCT person, day FROM bought)
) WHERE day - start <= 365
UNION ALL
SELECT n.person, i.IMB_ALD_DTD
FROM '@FOLDER@/IR_IMB_R.parquet' AS i
JOIN person AS n ON n.psa = i.BEN_NIR_PSA AND n.rng = i.BEN_RNG_GEM
WHERE i.IMB_ETM_NAT IN ('41', '43', '45') AND left(i.MED_MTF_COD, 3) IN
	('E10', 'E11', 'E12', 'E13', 'E14')
UNION ALL
SELECT n.person, c.EXE_SOI_DTD
FROM read_parquet('@FOLDER@/T_MCO[0-9][0-9]B.parquet', filename = true) AS b
JOIN read_parquet('@FOLDER@/T_MCO[0-9][0-9]C.parquet', filename = true) AS c
	ON c.ETA_NUM = b.ETA_NUM AND c.RSA_NUM = b.RSA_NUM
	AND left(right(c.filename, 11), 2) = left(right(b.filename, 11), 2)
JOIN person AS n ON n.psa = c.NIR_ANO_17 AND n.rng = coalesce(CAST(c.RNG_NAI AS STRING), n.rng)
WHERE (left(b.DGN_PAL, 3) IN ('E10', 'E11', 'E12', 'E13', 'E14')
	OR left(b.DGN_REL, 3) IN ('E10', 'E11', 'E12', 'E13', 'E14'))
	AND b.GRG_GHM NOT LIKE '90%'
	AND '0' = ALL (SELECT unnest([c.NIR_RET, c.NAI_RET, c.SEX_RET, c.SEJ_RET, c.FHO_RET,
		c.PMS_RET, c.DAT_RET, c.COH_NAI_RET, c.COH_SEX_RET]));
SELECT count(*) FROM (SELECT person, min(day) AS index_date FROM found GROUP BY person);
