-- Amounts agree with each other, diagnoses with who has them: each query counts what is wrong.

-- check: an act is paid its base at its rate, and costs its base and the overrun
SELECT count(*) FROM dirty.er_prs_f
WHERE abs(BSE_REM_MNT - BSE_REM_BSE * RGO_REM_TAU / 100) > 0.0051
	OR abs(CPL_REM_MNT - CPL_REM_BSE * RGO_REM_TAU / 100) > 0.0051
	OR abs(PRS_PAI_MNT) < abs(BSE_REM_BSE + CPL_REM_BSE) - 0.0001
	OR (CPL_MAJ_TOP = 2) <> (CPL_REM_BSE <> 0) OR (CPL_MAJ_TOP = 2 AND BSE_REM_BSE <> 0)
	OR (EXO_MTF > 0 AND RGO_REM_TAU <> 100);

-- check: a box, a CCAM act, a device, a hospital drug costs what its row of ER_PRS_F says
WITH base AS (SELECT DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM, BSE_REM_BSE, PRS_ACT_QTE
	FROM dirty.er_prs_f)
SELECT (SELECT count(*) FROM dirty.er_pha_f JOIN base USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE abs(PHA_ACT_PRU * PHA_ACT_QSN - BSE_REM_BSE) > 0.0051) +
	(SELECT count(*) FROM dirty.er_cam_f JOIN base USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE abs(CAM_REM_BSE - BSE_REM_BSE) > 0.0051) +
	(SELECT count(*) FROM dirty.er_tip_f JOIN base USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE abs(TIP_ACT_PRU * TIP_ACT_QSN - BSE_REM_BSE) > 0.0051) +
	(SELECT count(*) FROM dirty.er_ucd_f JOIN base USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE abs(UCD_TTF_MNT - BSE_REM_BSE) > 0.0051);

-- check: CMU-C pays all that the insurance leaves of the base, and asks for no overrun
SELECT (SELECT count(*) FROM dirty.er_aro_f a JOIN dirty.er_prs_f p
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE BEN_CMU_TOP <> 1 OR abs(BSE_REM_BSE + CPL_REM_BSE - BSE_REM_MNT - CPL_REM_MNT
			- ARO_REM_MNT) > 0.0051) +
	(SELECT count(*) FROM dirty.er_prs_f ANTI JOIN dirty.er_aro_f
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
		WHERE BEN_CMU_TOP = 1 AND RGO_REM_TAU < 100 AND DPN_QLF <> 71) +
	(SELECT count(*) FROM dirty.er_aro_f ANTI JOIN dirty.er_prs_f
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)) +
	(SELECT count(*) FROM dirty.er_prs_f WHERE BEN_CMU_TOP = 1
		AND abs(PRS_PAI_MNT) > abs(BSE_REM_BSE + CPL_REM_BSE) + 0.0051);

-- check: the parts of a valued stay add up; drugs and devices are those of MED and DMIP
WITH drug AS (SELECT y, ETA_NUM, RSA_NUM, sum(ADM_NBR_PRI) AS price FROM dirty.med GROUP BY ALL),
device AS (SELECT y, ETA_NUM, RSA_NUM, sum(NBR_POS_PRI) AS price FROM dirty.dmip GROUP BY ALL)
SELECT count(*) FROM dirty.valo v
LEFT JOIN drug USING (y, ETA_NUM, RSA_NUM) LEFT JOIN device USING (y, ETA_NUM, RSA_NUM)
WHERE (v.VALO = '1' AND (
		abs(MNT_TOT_AM - (MNT_GHS_AM + MNT_EXH_AM + MNT_MON + MNT_DMI - MNT_18)) > 0.0051
		OR abs(MNT_TOT_BR - (MNT_GHS_BR + MNT_EXH_BR + MNT_MON + MNT_DMI)) > 0.0051
		OR abs(MNT_RAC - (MNT_GHS_BR + MNT_EXH_BR - MNT_GHS_AM - MNT_EXH_AM + MNT_18
			+ MNT_FJ2)) > 0.0051
		OR abs(MNT_MON - coalesce(drug.price, 0)) > 0.0051
		OR abs(MNT_DMI - coalesce(device.price, 0)) > 0.0051 OR MNT_GHS_BR <= 0))
	OR (v.VALO = '0' AND (MNT_TOT_AM <> 0 OR GHS_NUM NOT IN ('9999', '0000')));

-- check: stays of public hospitals are valued once, those of private ones billed to DCIR
WITH public AS (SELECT IDE_ETA_NUM AS ETA_NUM FROM dirty.be_ide_r WHERE IDE_ETA_TYP = '1'
	UNION VALUES ('750100042'), ('130783236'), ('690783154'))
SELECT (SELECT count(*) FROM dirty.b SEMI JOIN public USING (ETA_NUM)
		ANTI JOIN dirty.valo USING (y, ETA_NUM, RSA_NUM)) +
	(SELECT count(*) FROM dirty.valo ANTI JOIN dirty.b USING (y, ETA_NUM, RSA_NUM)) +
	(SELECT count(*) FROM dirty.valo ANTI JOIN public USING (ETA_NUM)) +
	(SELECT count(*) - count(DISTINCT (y, ETA_NUM, RSA_NUM)) FROM dirty.valo);

-- check: what DCIR tells for information costs what PMSI says
SELECT count(*) FROM dirty.er_prs_f p JOIN dirty.er_ete_f e
	USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
WHERE DPN_QLF = 71 AND PRS_NAT_REF = 2111 AND NOT EXISTS (SELECT 1 FROM dirty.valo v
	WHERE left(v.ETA_NUM, 8) = e.ETB_EXE_FIN AND v.ETE_GHS_NUM = e.ETE_GHS_NUM
		AND (abs(MNT_GHS_BR + MNT_EXH_BR - BSE_REM_BSE) < 0.0051
			OR (MNT_GHS_BR + MNT_EXH_BR > 9999.99 AND BSE_REM_BSE IN (9999.99,
				round((MNT_GHS_BR + MNT_EXH_BR) % 9999.99, 2)))));

-- check: no amount of ER_PRS_F is wider than 4,2
SELECT count(*) FROM dirty.er_prs_f WHERE greatest(abs(BSE_REM_BSE), abs(BSE_REM_MNT),
	abs(CPL_REM_BSE), abs(CPL_REM_MNT), abs(PRS_PAI_MNT)) > 9999.99;

-- check: an external invoice has one head, one value, fees that agree
SELECT (SELECT count(*) FROM dirty.cstc ANTI JOIN dirty.fastc USING (y, ETA_NUM, SEQ_NUM)) +
	(SELECT count(*) FROM dirty.fastc ANTI JOIN dirty.cstc USING (y, ETA_NUM, SEQ_NUM)) +
	(SELECT count(*) FROM dirty.fastc ANTI JOIN dirty.valoace USING (y, ETA_NUM, SEQ_NUM)) +
	(SELECT count(*) FROM dirty.fastc JOIN dirty.fcstc f USING (y, ETA_NUM, SEQ_NUM)
		JOIN dirty.valoace v USING (y, ETA_NUM, SEQ_NUM)
		WHERE fastc.HON_MNT <> f.HON_MNT OR abs(HON_AM_MNR - AMO_MNR) > 0.0051
			OR abs(mnt_br - f.REM_BAS) > 0.0051 OR abs(mnt_remb - AMO_MNR) > 0.0051
			OR abs(mnt_br_ccam + mnt_br_ngap - mnt_br) > 0.0051
			OR abs(mnt_br - mnt_remb - MNT_RAC) > 0.0051);

-- check: diagnoses of women, of men, of births and of children are theirs
SELECT count(*) FROM dirty.b
WHERE (DGN_PAL[1] = 'O' AND (COD_SEX <> '2' OR AGE_ANN NOT BETWEEN 15 AND 50))
	OR (regexp_matches(DGN_PAL, '^(C50|D25|N92|N81)') AND COD_SEX <> '2')
	OR (regexp_matches(DGN_PAL, '^(C61|N40)') AND COD_SEX <> '1')
	OR (DGN_PAL LIKE 'Z38%' AND (AGE_JOU <> 0 OR POI_NAI IS NULL))
	OR (DGN_PAL[1] = 'P' AND AGE_JOU IS NULL)
	OR (DGN_PAL LIKE 'J21%' AND coalesce(AGE_ANN, 0) > 2)
	OR (regexp_matches(DGN_PAL, '^(I21|I50|G20|H25)') AND coalesce(AGE_ANN, 0) < 25);

-- check: so are those of an ALD
SELECT count(*) FROM dirty.ir_imb_r JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
WHERE IMB_ALD_DTD < birth_date OR (MED_MTF_COD LIKE 'C50%' AND sex <> 2)
	OR (MED_MTF_COD LIKE 'G20%' AND date_diff('year', birth_date, IMB_ALD_DTD) < 44);

-- check: every death has its causes, the initial one among them, and one line 1
SELECT (SELECT count(*) FROM dirty.ki_cci_r ANTI JOIN dirty.ki_ecd_r e
		ON e.DCD_IDT_ENC = ki_cci_r.DCD_IDT_ENC AND ECD_CIM_COD = left(DCD_CIM_COD, 4)) +
	(SELECT count(*) FROM dirty.ki_ecd_r ANTI JOIN dirty.ki_cci_r USING (DCD_IDT_ENC)) +
	(SELECT count(*) FROM (SELECT DCD_IDT_ENC FROM dirty.ki_ecd_r GROUP BY 1
		HAVING count(*) FILTER (CER_LIG_NUM = 1) <> 1));

-- check: details of weeks, of stays at home and in psychiatry lead to them, as many as they say
SELECT (SELECT count(*) FROM dirty.t_ssrcsarr ANTI JOIN dirty.t_ssrb
		USING (y, ETA_NUM, RHA_NUM, RHS_NUM)) +
	(SELECT count(*) FROM dirty.t_ssrccam ANTI JOIN dirty.t_ssrb
		USING (y, ETA_NUM, RHA_NUM, RHS_NUM)) +
	(SELECT count(*) FROM dirty.t_ssrb b WHERE NBR_DGN <> (SELECT count(*) FROM dirty.t_ssrd d
		WHERE (d.y, d.ETA_NUM, d.RHA_NUM, d.RHS_NUM)
			= (b.y, b.ETA_NUM, b.RHA_NUM, b.RHS_NUM))) +
	(SELECT count(*) FROM dirty.t_hadd ANTI JOIN dirty.t_hadb
		USING (y, ETA_NUM_EPMSI, RHAD_NUM)) +
	(SELECT count(*) FROM dirty.t_hada ANTI JOIN dirty.t_hadb
		USING (y, ETA_NUM_EPMSI, RHAD_NUM)) +
	(SELECT count(*) FROM dirty.t_riprsad ANTI JOIN dirty.t_riprsa
		USING (y, ETA_NUM_EPMSI, RIP_NUM)) +
	(SELECT count(*) FROM dirty.t_ssrb ANTI JOIN dirty.t_ssre USING (y, ETA_NUM)) +
	(SELECT count(*) FROM dirty.t_hadb ANTI JOIN dirty.t_hade
		ON t_hadb.y = t_hade.y AND ETA_NUM = ETA_NUM_EPMSI) +
	(SELECT count(*) FROM dirty.t_riprsa ANTI JOIN dirty.t_ripe
		ON t_riprsa.y = t_ripe.y AND ETA_NUM = ETA_NUM_EPMSI);

-- check: a map of diseases leads to its persons
SELECT (SELECT count(*) FROM dirty.ct_ind__gn ANTI JOIN dirty.ct_ide__gn USING (y, id_carto)) +
	(SELECT count(*) FROM dirty.ct_ide__gn ANTI JOIN dirty.ir_ben_r
		USING (BEN_NIR_PSA, BEN_RNG_GEM));

-- check: a transferred infarction is two stays of one person that touch
WITH stay AS (SELECT * FROM dirty.b JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)),
first AS (FROM stay WHERE SOR_MOD = '7' AND SOR_DES = '1'),
second AS (FROM stay WHERE ENT_MOD = '7' AND ENT_PRV = '1')
SELECT (SELECT count(*) FROM first ANTI JOIN stay s ON s.EXE_SOI_DTD = first.EXE_SOI_DTF
		AND s.ENT_MOD = '7' AND s.ETA_NUM <> first.ETA_NUM) +
	abs((SELECT count(*) FROM first) - (SELECT count(*) FROM second));

-- check: rows carry the place of the day, IR_BEN_R the last one
WITH home AS (
	SELECT *, lead(from_date, 1, DATE '2100-01-01')
		OVER (PARTITION BY truth_id ORDER BY from_date) AS next_date
	FROM dirty.move
)
SELECT (SELECT count(*) FROM dirty.er_prs_f p JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
		JOIN home h USING (truth_id)
		WHERE EXE_SOI_DTF >= from_date AND EXE_SOI_DTF < next_date
			AND (p.BEN_RES_DPT, p.BEN_RES_COM) <> (h.ben_res_dpt, h.ben_res_com)) +
	(SELECT count(*) FROM dirty.ir_ben_r p
		JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM) JOIN home h USING (truth_id)
		WHERE next_date = DATE '2100-01-01'
			AND (p.BEN_RES_DPT, p.BEN_RES_COM) <> (h.ben_res_dpt, h.ben_res_com)) +
	(SELECT (count(*) = count(DISTINCT truth_id))::INTEGER FROM home);
