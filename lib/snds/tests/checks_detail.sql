-- Each check counts what must not be: 0 is right. What stands beside ER_PRS_F and
-- T_MCOaaB: details of acts, establishments, medical units, contacts, the list of faults.

-- check: details have their row of ER_PRS_F, but the orphans of the truth
WITH detail AS (
	SELECT 'ER_CAM_F' AS table_name, DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_cam_f
	UNION ALL SELECT 'ER_BIO_F', DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_bio_f
	UNION ALL SELECT 'ER_TIP_F', DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_tip_f
	UNION ALL SELECT 'ER_UCD_F', DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_ucd_f
	UNION ALL SELECT 'ER_PHA_F', DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_pha_f
	UNION ALL SELECT 'ER_ETE_F', DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM FROM dirty.er_ete_f
), lost AS (
	SELECT table_name, DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM
	FROM detail ANTI JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
), planted AS (
	SELECT table_name, dct_ord_num, flx_emt_ord, prs_ord_num FROM dirty.dirt
	WHERE fault = 'orphan_row'
)
SELECT count(*) + (SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM planted) FROM (
	(FROM lost EXCEPT ALL FROM planted) UNION ALL (FROM planted EXCEPT ALL FROM lost));

-- check: the nine keys are the same in a detail and its row of ER_PRS_F
SELECT (SELECT count(*) FROM dirty.er_cam_f a JOIN dirty.er_prs_f p
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE a.FLX_DIS_DTD <> p.FLX_DIS_DTD OR a.FLX_TRT_DTD <> p.FLX_TRT_DTD
			OR a.ORG_CLE_NUM <> p.ORG_CLE_NUM) +
	(SELECT count(*) FROM dirty.er_bio_f a JOIN dirty.er_prs_f p
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE a.FLX_DIS_DTD <> p.FLX_DIS_DTD OR a.FLX_EMT_NUM <> p.FLX_EMT_NUM
			OR a.FLX_EMT_TYP <> p.FLX_EMT_TYP OR a.REM_TYP_AFF <> p.REM_TYP_AFF);

-- check: acts, biology and devices follow the nature of their row
SELECT (SELECT count(*) FROM dirty.er_prs_f
		ANTI JOIN dirty.er_bio_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE PRS_NAT_REF = 3211) +
	(SELECT count(*) FROM dirty.er_bio_f
		JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE PRS_NAT_REF <> 3211 OR BIO_ACT_QSN <> PRS_ACT_QTE) +
	(SELECT count(*) FROM dirty.er_cam_f
		JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE PRS_NAT_REF NOT IN (1321, 1324, 1351, 1352, 1451)) +
	(SELECT count(*) FROM dirty.er_tip_f
		JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE PRS_NAT_REF NOT BETWEEN 3511 AND 3531 OR TIP_ACT_QSN <> PRS_ACT_QTE) +
	(SELECT count(*) FROM dirty.er_ucd_f
		JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE PRS_NAT_REF <> 3317 OR UCD_DLV_NBR <> PRS_ACT_QTE);

-- check: mammography is for women, PSA for men
SELECT count(*) FROM dirty.er_prs_f p
LEFT JOIN dirty.er_cam_f c USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
LEFT JOIN dirty.er_bio_f b USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
WHERE (CAM_PRS_IDE LIKE 'QEQK%' AND BEN_SEX_COD = 1) OR (BIO_PRS_IDE = 7318 AND BEN_SEX_COD = 2);

-- check: what public hospitals bill to DCIR is 71 or by activity, what private ones bill is not
SELECT count(*) FROM dirty.er_ete_f
JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
LEFT JOIN (FROM dirty.dirt WHERE fault = 'billed_by_activity') AS t
	USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
WHERE (ETE_IND_TAA = 1) <> (DPN_QLF = 71 OR t.fault IS NOT NULL) OR ETB_PRE_FIN <> ETB_EXE_FIN;

-- check: establishments stand in BE_IDE_R, once
SELECT (SELECT count(*) FROM dirty.er_ete_f ANTI JOIN dirty.be_ide_r ON IDE_ETA_NU8 = ETB_EXE_FIN) +
	(SELECT count(*) - count(DISTINCT IDE_ETA_NUM) FROM dirty.be_ide_r) +
	(SELECT count(*) FROM dirty.be_ide_r WHERE left(IDE_ETA_NUM, 8) <> IDE_ETA_NU8);

-- check: professionals stand in DA_PRA_R, once, and nobody else does
WITH busy AS (
	SELECT PFS_EXE_NUM AS pro, PSE_SPE_COD + PSE_ACT_NAT AS kind FROM dirty.er_prs_f
	WHERE PFS_EXE_NUM IS NOT NULL
	UNION SELECT PFS_PRE_NUM, PSP_SPE_COD + PSP_ACT_NAT FROM dirty.er_prs_f
	WHERE PFS_PRE_NUM IS NOT NULL
)
SELECT (SELECT count(*) FROM busy ANTI JOIN dirty.da_pra_r
		ON PFS_PFS_NUM = pro AND PFS_PRA_SPE::INTEGER = kind) +
	(SELECT count(*) FROM dirty.da_pra_r ANTI JOIN busy ON PFS_PFS_NUM = pro) +
	(SELECT count(*) - count(DISTINCT PFS_PFS_NUM) FROM dirty.da_pra_r) +
	(SELECT count(*) FROM dirty.da_pra_r
		WHERE NOT regexp_full_match(PFS_PFS_NUM, '[0-9][0-9A-F][1-79][0-9]{5}'));

-- check: the third digit of a professional's number is the category
SELECT count(*) FROM dirty.er_prs_f WHERE PFS_EXE_NUM[3] <>
	CASE WHEN PSE_SPE_COD > 0 THEN '1' ELSE CASE PSE_ACT_NAT WHEN 19 THEN '4' WHEN 21 THEN '5'
		WHEN 24 THEN '6' WHEN 26 THEN '7' WHEN 28 THEN '9' WHEN 29 THEN '9' WHEN 30 THEN '3'
		ELSE '2' END END;

-- check: hospitals of a year are those of its stays and contacts
WITH busy AS (
	SELECT y, ETA_NUM FROM dirty.b WHERE ETA_NUM NOT IN ('750100042', '130783236', '690783154')
	UNION SELECT y, ETA_NUM FROM dirty.cstc
)
SELECT count(*) FROM busy FULL JOIN dirty.e USING (y, ETA_NUM)
WHERE busy.ETA_NUM IS NULL OR e.ETA_NUM IS NULL;

-- check: NBR_RUM counts the medical units, their days and acts are those of the stay
WITH um AS (
	SELECT y, ETA_NUM, RSA_NUM, count(*) AS units, sum(PAR_DUR_SEJ) AS days,
		sum(ACT_RUM_NBR) AS acts, sum(DGN_ASS_NBR) AS das,
		max_by(DGN_PAL, UM_ORD_NUM) AS dp
	FROM dirty.um GROUP BY ALL
)
SELECT count(*) FROM dirty.b LEFT JOIN um USING (y, ETA_NUM, RSA_NUM)
WHERE NBR_RUM IS DISTINCT FROM units OR coalesce(SEJ_NBJ, days) <> days OR acts <> NBR_ACT
	OR das <> NBR_DGN OR dp <> DGN_PAL;

-- check: the version of the RSA is that of its year, in all its tables
SELECT (SELECT count(*) FROM dirty.b WHERE RSS_NUM::INTEGER <> 206 + y) +
	(SELECT count(*) FROM dirty.um WHERE RSS_NUM::INTEGER <> 206 + y) +
	(SELECT count(*) FROM dirty.a WHERE RSS_NUM::INTEGER <> 206 + y) +
	(SELECT count(*) FROM dirty.d WHERE RSS_NUM::INTEGER <> 206 + y);

-- check: drugs beside the tariff have their stay, and there are some
SELECT (SELECT count(*) FROM dirty.med ANTI JOIN dirty.b USING (y, ETA_NUM, RSA_NUM)) +
	(SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM dirty.med);

-- check: ETA_NUM and SEQ_NUM are unique in T_MCOaaCSTC, each has one fee
SELECT (SELECT count(*) - count(DISTINCT (y, ETA_NUM, SEQ_NUM)) FROM dirty.cstc) +
	(SELECT count(*) FROM dirty.cstc FULL JOIN dirty.fcstc USING (y, ETA_NUM, SEQ_NUM)
		WHERE cstc.ENT_DAT IS NULL OR fcstc.ACT_COD IS NULL) +
	(SELECT count(*) FROM dirty.fmstc ANTI JOIN dirty.cstc USING (y, ETA_NUM, SEQ_NUM));

-- check: contacts are of known persons, within their time
SELECT count(*) FROM dirty.cstc
LEFT JOIN dirty.person ON NIR_ANO_17 = ben_nir_psa AND RNG_NAI = ben_rng_gem
WHERE truth_id IS NULL OR ENT_DAT < entry_date OR ENT_DAT > exit_date OR year(ENT_DAT) <> 2000 + y;

-- check: a double count of an external act repeats a contact
SELECT count(*) FROM dirty.er_prs_f JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
ANTI JOIN (SELECT truth_id, ENT_DAT FROM dirty.cstc
	JOIN dirty.person ON NIR_ANO_17 = ben_nir_psa AND RNG_NAI = ben_rng_gem) AS contact
ON contact.truth_id = person.truth_id AND ENT_DAT = EXE_SOI_DTD
WHERE DPN_QLF = 71 AND PRS_NAT_REF <> 2111;

-- check: contacts are the same with and without the faults, return codes apart
WITH kept AS (
	SELECT y, ETA_NUM, SEQ_NUM, ENT_DAT FROM dirty.cstc
	WHERE '1' NOT IN (NIR_RET, NAI_RET, SEX_RET, IAS_RET, ENT_DAT_RET)
), wanted AS (
	SELECT y, ETA_NUM, SEQ_NUM, ENT_DAT FROM clean.cstc
)
SELECT count(*) FROM ((FROM kept EXCEPT FROM wanted) UNION ALL (FROM wanted EXCEPT FROM kept));

-- check: stays of the other fields are the same, automatic rows and trial leaves apart
WITH kept AS (
	SELECT y, ETA_NUM, RHA_NUM, RHS_NUM, FP_PEC, MOR_PRP FROM dirty.t_ssrb
	WHERE TYP_GEN_RHA = '0'
	UNION ALL SELECT y, ETA_NUM_EPMSI, RIP_NUM, SEQ_SEQ_NUM, DGN_PAL, NAT_PEC
	FROM dirty.t_riprsa
	WHERE TYP_GEN_RSA = '0' AND SEQ_IND IS DISTINCT FROM 'E'
), wanted AS (
	SELECT y, ETA_NUM, RHA_NUM, RHS_NUM, FP_PEC, MOR_PRP FROM clean.t_ssrb
	UNION ALL SELECT y, ETA_NUM_EPMSI, RIP_NUM, SEQ_SEQ_NUM, DGN_PAL, NAT_PEC
	FROM clean.t_riprsa
)
SELECT count(*) FROM ((FROM kept EXCEPT FROM wanted) UNION ALL (FROM wanted EXCEPT FROM kept));

-- check: diagnoses and acts of the clean stays are the same, repetitions apart
WITH kept AS (
	SELECT DISTINCT y, ETA_NUM, RSA_NUM, ASS_DGN FROM dirty.d SEMI JOIN clean.b
		USING (y, ETA_NUM, RSA_NUM)
	UNION ALL SELECT y, ETA_NUM, RSA_NUM, CDC_ACT FROM dirty.a SEMI JOIN clean.b
		USING (y, ETA_NUM, RSA_NUM) WHERE ACV_ACT = '1'
), wanted AS (
	SELECT y, ETA_NUM, RSA_NUM, ASS_DGN FROM clean.d
	UNION ALL SELECT y, ETA_NUM, RSA_NUM, CDC_ACT FROM clean.a
)
SELECT count(*) FROM ((FROM kept EXCEPT ALL FROM wanted)
	UNION ALL (FROM wanted EXCEPT ALL FROM kept));

-- check: exemptions are the same, what is no ALD apart
SELECT count(*) FROM (
	(SELECT BEN_NIR_PSA, MED_MTF_COD, IMB_ALD_DTD FROM dirty.ir_imb_r WHERE IMB_ETM_NAT = 41
	EXCEPT SELECT BEN_NIR_PSA, MED_MTF_COD, IMB_ALD_DTD FROM dirty.ir_imb_r i
		JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
		JOIN (SELECT truth_id, MED_MTF_COD, IMB_ALD_DTD FROM clean.ir_imb_r
			JOIN clean.person USING (BEN_NIR_PSA, BEN_RNG_GEM)) AS c
		USING (truth_id, MED_MTF_COD, IMB_ALD_DTD)));

-- check: a geographic duplicate repeats a stay, until 2017
SELECT count(*) FROM dirty.b AS copy
ANTI JOIN dirty.b AS original ON original.RSA_NUM = copy.RSA_NUM AND original.y = copy.y
	AND original.DGN_PAL = copy.DGN_PAL AND original.ETA_NUM <> copy.ETA_NUM
WHERE copy.ETA_NUM IN ('750100042', '130783236', '690783154') OR copy.y > 17 AND copy.ETA_NUM
	LIKE '75010%';

-- check: without the rows of truth/dirt the reimbursements are those of the clean base
WITH kept AS (
	SELECT DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM, PRS_NAT_REF, EXE_SOI_DTD, PRS_ACT_QTE
	FROM dirty.er_prs_f p ANTI JOIN (FROM dirty.dirt WHERE table_name = 'ER_PRS_F') AS t
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
), wanted AS (
	SELECT DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM, PRS_NAT_REF, EXE_SOI_DTD, PRS_ACT_QTE
	FROM clean.er_prs_f
)
SELECT count(*) FROM ((FROM kept EXCEPT FROM wanted) UNION ALL (FROM wanted EXCEPT FROM kept));

-- check: nor do the stays differ without those of truth/dirt
WITH kept AS (
	SELECT y, ETA_NUM, RSA_NUM, DGN_PAL FROM dirty.b
	ANTI JOIN (FROM dirty.dirt WHERE table_name = 'T_MCOaaB') AS t
		ON t.year = 2000 + y AND t.eta_num = b.ETA_NUM AND t.rsa_num = b.RSA_NUM
), wanted AS (
	SELECT y, ETA_NUM, RSA_NUM, DGN_PAL FROM clean.b
)
SELECT count(*) FROM ((FROM kept EXCEPT FROM wanted) UNION ALL (FROM wanted EXCEPT FROM kept));

-- check: the faults of truth/dirt stand in the tables they name
SELECT count(*) FROM dirty.dirt t
LEFT JOIN dirty.er_prs_f p USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
LEFT JOIN dirty.b ON t.year = 2000 + y AND t.eta_num = b.ETA_NUM AND t.rsa_num = b.RSA_NUM
LEFT JOIN dirty.ir_ben_r i ON t.ben_nir_psa = i.BEN_NIR_PSA AND t.ben_rng_gem = i.BEN_RNG_GEM
WHERE CASE table_name WHEN 'ER_PRS_F' THEN p.EXE_SOI_DTD IS NULL
	WHEN 'T_MCOaaB' THEN b.GRG_GHM IS NULL
	WHEN 'T_MCOaaD' THEN (SELECT count(*) FROM dirty.d WHERE t.year = 2000 + d.y
		AND t.eta_num = d.ETA_NUM AND t.rsa_num = d.RSA_NUM AND t.code = d.ASS_DGN) <> 2
	WHEN 'T_MCOaaA' THEN (SELECT count(*) FROM dirty.a WHERE t.year = 2000 + a.y
		AND ACV_ACT = '4' AND t.eta_num = a.ETA_NUM AND t.rsa_num = a.RSA_NUM
		AND t.code = a.CDC_ACT) <> 1
	WHEN 'T_MCOaaCSTC' THEN (SELECT count(*) FROM dirty.cstc c WHERE t.year = 2000 + c.y
		AND t.eta_num = c.ETA_NUM AND t.number = c.SEQ_NUM) <> 1
	WHEN 'T_SSRaaB' THEN (SELECT count(*) FROM dirty.t_ssrb s WHERE t.year = 2000 + s.y
		AND t.eta_num = s.ETA_NUM AND t.number = s.RHA_NUM) <> 1
	WHEN 'T_RIPaaRSA' THEN (SELECT count(*) FROM dirty.t_riprsa s WHERE t.year = 2000 + s.y
		AND t.eta_num = s.ETA_NUM_EPMSI AND t.number = s.RIP_NUM) <> 1
	WHEN 'IR_IMB_R' THEN (SELECT count(*) FROM dirty.ir_imb_r e
		WHERE t.ben_nir_psa = e.BEN_NIR_PSA AND t.code = e.MED_MTF_COD
		AND e.IMB_ETM_NAT = 47) <> 1
	WHEN 'IR_BEN_R' THEN i.BEN_CDI_NIR IS NULL ELSE fault <> 'orphan_row' END;

-- check: the first sign of a disease is not before its onset; who was never told has none
SELECT (SELECT count(*) FROM dirty.onset WHERE first_sign < onset_date) +
	(SELECT count(*) FROM dirty.onset o
		FULL JOIN clean.onset c USING (truth_id, disease, onset_date)
		WHERE o.first_sign IS DISTINCT FROM c.first_sign) +
	(SELECT count(*) FROM dirty.onset WHERE disease = 'myocardial_infarction'
		AND prevalent = 0 AND first_sign > onset_date) +
	(SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM dirty.onset
		WHERE first_sign IS NULL) +
	(SELECT count(*) FROM dirty.ir_imb_r i JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
		JOIN dirty.onset o USING (truth_id) WHERE o.cim10 = i.MED_MTF_COD
		AND (o.first_sign IS NULL OR o.first_sign > i.IMB_ALD_DTD));

-- check: the clean base has no fault
SELECT count(*) FROM clean.dirt;

-- check: a child has its mother's delivery, same hospital, one day at most apart
WITH child AS (
	SELECT y, ETA_NUM, NIR_ANO_MAM, EXE_SOI_DTD FROM clean.c WHERE NIR_ANO_MAM IS NOT NULL
), delivery AS (
	SELECT ETA_NUM, NIR_ANO_17, EXE_SOI_DTD FROM clean.c
	JOIN clean.b USING (y, ETA_NUM, RSA_NUM)
	JOIN (FROM clean.d WHERE ASS_DGN LIKE 'Z37%') AS z USING (y, ETA_NUM, RSA_NUM)
	WHERE GRG_GHM LIKE '14%'
)
SELECT count(*) FROM child ANTI JOIN delivery ON delivery.NIR_ANO_17 = NIR_ANO_MAM
	AND delivery.ETA_NUM = child.ETA_NUM
	AND child.EXE_SOI_DTD - delivery.EXE_SOI_DTD BETWEEN 0 AND 1
WHERE child.EXE_SOI_DTD < DATE '2018-12-20';

-- check: NIR_ANO_MAM is the mother of the truth, four of five children have one
SELECT (SELECT count(*) FROM dirty.c JOIN dirty.person p
		ON NIR_ANO_17 = p.ben_nir_psa AND RNG_NAI::VARCHAR = p.ben_rng_gem
		JOIN dirty.person m ON m.ben_nir_psa = NIR_ANO_MAM
		ANTI JOIN dirty.birth t
			ON t.truth_id = p.truth_id AND t.mother_truth_id = m.truth_id
		WHERE NIR_ANO_MAM IS NOT NULL) +
	(SELECT CASE WHEN count(*) < 0.8 * (SELECT count(DISTINCT truth_id) FROM dirty.person
		WHERE birth_date >= DATE '2017-01-01') THEN 1 ELSE 0 END FROM dirty.birth);

-- check: mothers are women of 18 to 44 years, children of one are 300 days apart, or twins
SELECT (SELECT count(*) FROM clean.birth t JOIN clean.person m ON m.truth_id = mother_truth_id
		WHERE m.sex <> 2 OR date_sub('year', m.birth_date, t.birth_date) NOT BETWEEN 18
			AND 44 OR m.death_date < t.birth_date) +
	(SELECT count(*) FROM clean.birth a JOIN clean.birth b USING (mother_truth_id)
		WHERE b.birth_date - a.birth_date BETWEEN 1 AND 299);

-- check: children live with their mother
SELECT count(*) FROM clean.birth t
JOIN clean.person c ON c.truth_id = t.truth_id JOIN clean.person m ON m.truth_id = mother_truth_id
JOIN clean.ir_ben_r i ON i.BEN_NIR_PSA = c.ben_nir_psa
JOIN clean.ir_ben_r j ON j.BEN_NIR_PSA = m.ben_nir_psa
WHERE i.BEN_RES_DPT <> j.BEN_RES_DPT OR i.BEN_RES_COM <> j.BEN_RES_COM;

-- check: a state follows the state it comes from
SELECT count(*) FROM dirty.onset s ANTI JOIN dirty.onset o ON o.truth_id = s.truth_id
	AND o.onset_date <= s.onset_date AND o.disease = CASE s.disease
		WHEN 'pacemaker' THEN 'heart_failure' WHEN 'kidney_transplant' THEN 'kidney_failure'
		WHEN 'graft_loss' THEN 'kidney_transplant' END
WHERE s.disease IN ('pacemaker', 'kidney_transplant', 'graft_loss');

-- check: organised screening is of women of 50 to 74 years without breast cancer
SELECT count(*) FROM dirty.er_cam_f
JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
JOIN dirty.person p USING (BEN_NIR_PSA, BEN_RNG_GEM)
LEFT JOIN dirty.onset o ON o.truth_id = p.truth_id AND disease = 'breast_cancer'
WHERE CAM_PRS_IDE = 'QEQK004' AND (sex <> 2 OR onset_date <= EXE_SOI_DTF
	OR date_sub('year', birth_date, EXE_SOI_DTF) NOT BETWEEN 49 AND 74);

-- check: an adverse event has its stay on its day, unless it lasts beyond the base
SELECT count(*) FROM clean.onset o JOIN clean.person p USING (truth_id)
ANTI JOIN clean.c ON NIR_ANO_17 = ben_nir_psa AND ENT_DAT = onset_date
WHERE disease IN ('digestive_bleeding', 'myopathy') AND onset_date < DATE '2018-10-01';

-- check: every hospital of the truth is in BE_IDE_R, every effect has a value
SELECT (SELECT count(*) FROM dirty.be_ide_r ANTI JOIN dirty.hospital ON eta_num = IDE_ETA_NUM) +
	(SELECT count(*) FROM dirty.effect WHERE value IS NULL OR planted <> 0);

-- check: stays outside MCO are unique, in the file of their exit, of a known person
WITH other AS (
	SELECT 'SSR' AS field, y, ETA_NUM AS eta, RHA_NUM AS n, NIR_ANO_17 AS nir, ENT_DAT, SOR_DAT
	FROM dirty.t_ssrc
	UNION ALL SELECT 'HAD', y, ETA_NUM_EPMSI, RHAD_NUM, NIR_ANO_17, ENT_DAT, SOR_DAT
	FROM dirty.t_hadc
	UNION ALL SELECT 'RIP', y, ETA_NUM_EPMSI, RIP_NUM, NIR_ANO_17, ENT_DAT, SOR_DAT
	FROM dirty.t_ripc
)
SELECT (SELECT count(*) - count(DISTINCT (field, y, eta, n)) FROM other) +
	(SELECT count(*) FROM other WHERE year(SOR_DAT) <> 2000 + y OR ENT_DAT > SOR_DAT) +
	(SELECT count(*) FROM other ANTI JOIN dirty.person ON nir = ben_nir_psa
		AND ENT_DAT >= entry_date AND SOR_DAT <= exit_date) +
	(SELECT 3 - count(DISTINCT field) FROM other);

-- check: main and patient tables outside MCO have the same stays, SSR one row a week
SELECT (SELECT count(*) FROM dirty.t_hadb FULL JOIN dirty.t_hadc
		USING (y, ETA_NUM_EPMSI, RHAD_NUM) WHERE DGN_PAL IS NULL OR ENT_DAT IS NULL) +
	(SELECT count(*) FROM dirty.t_riprsa FULL JOIN dirty.t_ripc
		USING (y, ETA_NUM_EPMSI, RIP_NUM) WHERE DGN_PAL IS NULL OR ENT_DAT IS NULL) +
	(SELECT count(*) FROM dirty.t_ssrc c
		FULL JOIN (SELECT y, ETA_NUM, RHA_NUM, count(*) AS weeks
		FROM dirty.t_ssrb GROUP BY ALL) AS b USING (y, ETA_NUM, RHA_NUM)
		WHERE weeks IS DISTINCT FROM (SOR_DAT - ENT_DAT) // 7 + 1);

-- check: tops are those of the truth, one row a person and year
WITH want AS (
	SELECT DISTINCT ben_nir_ano, year(onset_date) - 2000 AS y FROM dirty.onset
	JOIN dirty.person USING (truth_id)
	WHERE disease = 'myocardial_infarction' AND prevalent = 0
), have AS (
	SELECT id_carto, y FROM dirty.ct_ind__gn WHERE top_CvIDM_aig = 1
)
SELECT (SELECT count(*)
	FROM ((FROM want EXCEPT FROM have) UNION ALL (FROM have EXCEPT FROM want))) +
	(SELECT count(*) - count(DISTINCT (id_carto, y)) FROM dirty.ct_ind__gn) +
	(SELECT count(*) FROM dirty.ct_ind__gn ANTI JOIN dirty.person ON id_carto = ben_nir_ano);
