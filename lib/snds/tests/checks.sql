-- Each check counts what must not be: 0 is right. synth_test.c runs them all on
-- a base with its faults (schema dirty) and the same nation without (clean).

-- check: the nine keys are unique in ER_PRS_F
SELECT count(*) - count(DISTINCT (DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP,
	FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF)) FROM dirty.er_prs_f;

-- check: every row of ER_PHA_F has its row in ER_PRS_F, but the orphans of the truth
SELECT count(*) - (SELECT count(*) FROM dirty.dirt
	WHERE fault = 'orphan_row' AND table_name = 'ER_PHA_F')
FROM dirty.er_pha_f ANTI JOIN dirty.er_prs_f USING (DCT_ORD_NUM, FLX_DIS_DTD,
	FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP, FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF);

-- check: a row of ER_PRS_F has at most one of ER_PHA_F
SELECT count(*) - count(DISTINCT (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)) FROM dirty.er_pha_f;

-- check: BEN_NIR_PSA and BEN_RNG_GEM are unique in IR_BEN_R
SELECT count(*) - count(DISTINCT (BEN_NIR_PSA, BEN_RNG_GEM)) FROM dirty.ir_ben_r;

-- check: pseudonyms have 17 characters
SELECT count(*) FROM dirty.ir_ben_r
WHERE length(BEN_NIR_PSA) <> 17 OR length(coalesce(BEN_NIR_ANO, BEN_NIR_PSA)) <> 17
	OR length(BEN_IDT_ANO) <> CASE WHEN BEN_NIR_ANO IS NULL THEN 18 ELSE 17 END;

-- check: beneficiaries of ER_PRS_F stand in IR_BEN_R
SELECT count(*) FROM dirty.er_prs_f ANTI JOIN dirty.ir_ben_r USING (BEN_NIR_PSA, BEN_RNG_GEM);

-- check: beneficiaries of IR_IMB_R stand in IR_BEN_R
SELECT count(*) FROM dirty.ir_imb_r ANTI JOIN dirty.ir_ben_r USING (BEN_NIR_PSA, BEN_RNG_GEM);

-- check: the dead of KI_CCI_R stand in IR_BEN_R
SELECT count(*) FROM dirty.ki_cci_r ANTI JOIN dirty.ir_ben_r USING (BEN_IDT_ANO);

-- check: deaths agree between IR_BEN_R and KI_CCI_R
SELECT count(*) FROM dirty.ir_ben_r b LEFT JOIN dirty.ki_cci_r k USING (BEN_IDT_ANO)
WHERE b.BEN_CDI_NIR = '00'
	AND b.BEN_DCD_DTE IS DISTINCT FROM coalesce(k.BEN_DCD_DTE, DATE '1600-01-01');

-- check: a pseudonym belongs to one person
SELECT count(*) FROM (SELECT 1 FROM dirty.person GROUP BY ben_nir_psa, ben_rng_gem
	HAVING count(DISTINCT truth_id) > 1);

-- check: truth and IR_BEN_R name the same pseudonyms
SELECT count(*) FROM dirty.ir_ben_r b FULL JOIN dirty.person p
ON b.BEN_NIR_PSA = p.ben_nir_psa AND b.BEN_RNG_GEM = p.ben_rng_gem
WHERE b.BEN_NIR_PSA IS NULL OR p.ben_nir_psa IS NULL OR b.BEN_SEX_COD <> p.sex
	OR b.BEN_NAI_ANN <> year(p.birth_date) OR b.BEN_CDI_NIR <> p.ben_cdi_nir;

-- check: ETA_NUM and RSA_NUM are unique in T_MCOaaB
SELECT count(*) - count(DISTINCT (y, ETA_NUM, RSA_NUM)) FROM dirty.b;

-- check: T_MCOaaB and T_MCOaaC have the same stays
SELECT count(*) FROM dirty.b FULL JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)
WHERE dirty.b.SOR_ANN IS NULL OR dirty.c.ENT_DAT IS NULL;

-- check: diagnoses and acts have their stay
SELECT (SELECT count(*) FROM dirty.d ANTI JOIN dirty.b USING (y, ETA_NUM, RSA_NUM)) +
	(SELECT count(*) FROM dirty.a ANTI JOIN dirty.b USING (y, ETA_NUM, RSA_NUM));

-- check: NBR_DGN and NBR_ACT count the rows of T_MCOaaD and T_MCOaaA, repetitions apart
SELECT count(*) FROM dirty.b
LEFT JOIN (SELECT y, ETA_NUM, RSA_NUM, count(DISTINCT ASS_DGN) AS n FROM dirty.d GROUP BY ALL) AS d
	USING (y, ETA_NUM, RSA_NUM)
LEFT JOIN (SELECT y, ETA_NUM, RSA_NUM, count(*) AS n FROM dirty.a WHERE ACV_ACT <> '4' GROUP BY ALL)
	AS a
	USING (y, ETA_NUM, RSA_NUM)
WHERE NBR_DGN <> coalesce(d.n, 0) OR NBR_ACT <> coalesce(a.n, 0);

-- check: NIR_ANO_17 is a BEN_NIR_PSA, missing or the constant of x
SELECT count(*) FROM dirty.c ANTI JOIN dirty.ir_ben_r ON NIR_ANO_17 = BEN_NIR_PSA
WHERE NIR_ANO_17 <> 'xxxxxxxxxxxxxxxxx';

-- check: a stay is in the file of its exit, not after the last day, and its dates are in order
SELECT count(*) FROM dirty.c JOIN dirty.b USING (y, ETA_NUM, RSA_NUM)
WHERE year(SOR_DAT) <> 2000 + y OR SOR_ANN <> 2000 + y OR ENT_DAT > SOR_DAT
	OR coalesce(SEJ_NBJ, 0) <> CASE WHEN NBR_SEA > 0 THEN 0 ELSE SOR_DAT - ENT_DAT END;

-- check: a FINESS number begins with the departement of the hospital, zero included
SELECT (SELECT count(*) FROM dirty.b WHERE length(ETA_NUM) <> 9) +
	(SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM dirty.b WHERE ETA_NUM LIKE '0%');

-- check: age in T_MCOaaB is the age of the truth on the day of entry
SELECT count(*) FROM dirty.b JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)
JOIN dirty.person p ON NIR_ANO_17 = p.ben_nir_psa AND RNG_NAI::VARCHAR = p.ben_rng_gem
WHERE coalesce(AGE_ANN, 0) <> date_sub('year', p.birth_date, ENT_DAT)
	OR COD_SEX <> p.sex::VARCHAR;

-- check: men have no disease, delivery or contraception of women
SELECT (SELECT count(*) FROM dirty.onset JOIN dirty.person USING (truth_id)
		WHERE disease = 'breast_cancer' AND sex = 1) +
	(SELECT count(*) FROM dirty.b
		WHERE COD_SEX = '1' AND (DGN_PAL LIKE 'O8%' OR GRG_GHM LIKE '14%')) +
	(SELECT count(*) FROM dirty.exposure JOIN dirty.person USING (truth_id)
		WHERE atc = 'G03AA07' AND sex = 1);

-- check: newborns have a birth stay on their day of birth, others none
SELECT count(*) FROM dirty.b JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)
JOIN dirty.person p ON NIR_ANO_17 = p.ben_nir_psa AND RNG_NAI::VARCHAR = p.ben_rng_gem
WHERE GRG_GHM = '15M05A' AND (AGE_JOU <> 0 OR ENT_DAT <> birth_date OR POI_NAI < 500);

-- check: no care before birth, after death, outside the years
SELECT count(*) FROM dirty.er_prs_f JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM)
WHERE EXE_SOI_DTD < birth_date OR EXE_SOI_DTF > exit_date OR EXE_SOI_DTD < DATE '2017-01-01'
	OR EXE_SOI_DTF > DATE '2018-12-31';

-- check: flux comes one to eight months after care
SELECT count(*) FROM dirty.er_prs_f
WHERE date_diff('month', EXE_SOI_DTF, FLX_DIS_DTD) NOT BETWEEN 1 AND 8 OR day(FLX_DIS_DTD) <> 1
	OR FLX_TRT_DTD < EXE_SOI_DTF OR FLX_TRT_DTD >= FLX_DIS_DTD;

-- check: every row of negative quantity has a row that it cancels
SELECT count(*) FROM dirty.er_prs_f n
ANTI JOIN (SELECT * FROM dirty.er_prs_f WHERE PRS_ACT_QTE > 0) AS p
ON n.BEN_NIR_PSA = p.BEN_NIR_PSA AND n.BEN_RNG_GEM = p.BEN_RNG_GEM
	AND n.EXE_SOI_DTD = p.EXE_SOI_DTD AND n.PRS_NAT_REF = p.PRS_NAT_REF
	AND n.PFS_EXE_NUM IS NOT DISTINCT FROM p.PFS_EXE_NUM AND n.PRS_ACT_QTE = -p.PRS_ACT_QTE
	AND n.BSE_REM_MNT = -p.BSE_REM_MNT
WHERE n.PRS_ACT_QTE < 0;

-- check: quantity, sign and boxes agree
SELECT (SELECT count(*) FROM dirty.er_prs_f
		WHERE (PRS_ACT_QTE < 0) <> (BSE_REM_SGN = 2)
			OR (PRS_ACT_QTE < 0) <> (PRS_PAI_MNT < 0)) +
	(SELECT count(*) FROM dirty.er_pha_f JOIN dirty.er_prs_f
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM) WHERE PHA_ACT_QSN <> PRS_ACT_QTE);

-- check: onset of an infarction with a stay is the day of the stay
SELECT count(*) FROM dirty.b JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)
JOIN dirty.person p ON NIR_ANO_17 = p.ben_nir_psa AND RNG_NAI::VARCHAR = p.ben_rng_gem
ANTI JOIN dirty.onset o ON o.truth_id = p.truth_id AND o.disease = 'myocardial_infarction'
	AND o.onset_date = ENT_DAT AND o.prevalent = 0
WHERE DGN_PAL LIKE 'I21%';

-- check: every ALD is an onset of the truth, at most two months old
SELECT count(*) FROM dirty.ir_imb_r i JOIN dirty.person p USING (BEN_NIR_PSA, BEN_RNG_GEM)
ANTI JOIN dirty.onset o ON o.truth_id = p.truth_id AND o.cim10 = i.MED_MTF_COD
	AND i.IMB_ALD_DTD - o.onset_date BETWEEN 0 AND 60
WHERE IMB_ETM_NAT IN (41, 43, 45);

-- check: what is no ALD is of a disease the person does not have
SELECT count(*) FROM dirty.ir_imb_r i JOIN dirty.person p USING (BEN_NIR_PSA, BEN_RNG_GEM)
JOIN dirty.onset o ON o.truth_id = p.truth_id AND o.cim10 = i.MED_MTF_COD
WHERE IMB_ETM_NAT NOT IN (41, 43, 45);

-- check: every exposure of the truth begins with a dispensing of that day
SELECT count(*) FROM dirty.exposure e ANTI JOIN (
	SELECT truth_id, EXE_SOI_DTD AS on_day FROM dirty.er_prs_f
	JOIN dirty.person USING (BEN_NIR_PSA, BEN_RNG_GEM) WHERE PRS_NAT_REF BETWEEN 3311 AND 3313
) AS f ON f.truth_id = e.truth_id AND f.on_day = e.start_date;

-- check: the nation is the same with and without the faults
SELECT count(*) FROM (
	(SELECT truth_id, birth_date, sex, death_date, ben_nir_ano FROM dirty.person
	EXCEPT SELECT truth_id, birth_date, sex, death_date, ben_nir_ano FROM clean.person)
	UNION ALL (SELECT truth_id, disease::VARCHAR, NULL, onset_date, NULL FROM dirty.onset
	EXCEPT SELECT truth_id, disease, NULL, onset_date, NULL FROM clean.onset));

-- check: filters give the dispensings of the clean base
WITH dirty_sum AS (
	SELECT t.truth_id, p.EXE_SOI_DTD AS on_day, a.PHA_PRS_C13 AS code,
		sum(a.PHA_ACT_QSN) AS boxes
	FROM dirty.er_prs_f p
	JOIN dirty.er_pha_f a USING (DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD,
		FLX_EMT_TYP, FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF)
	JOIN dirty.person t USING (BEN_NIR_PSA, BEN_RNG_GEM)
	WHERE p.DPN_QLF <> 71 GROUP BY ALL HAVING sum(a.PHA_ACT_QSN) > 0
), clean_sum AS (
	SELECT t.truth_id, p.EXE_SOI_DTD AS on_day, a.PHA_PRS_C13 AS code,
		sum(a.PHA_ACT_QSN) AS boxes
	FROM clean.er_prs_f p
	JOIN clean.er_pha_f a USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
	JOIN clean.person t USING (BEN_NIR_PSA, BEN_RNG_GEM) GROUP BY ALL
)
SELECT count(*) FROM ((FROM dirty_sum EXCEPT FROM clean_sum) UNION ALL
	(FROM clean_sum EXCEPT FROM dirty_sum));

-- check: filters give the acts of the clean base
WITH dirty_sum AS (
	SELECT t.truth_id, EXE_SOI_DTD AS on_day, PRS_NAT_REF AS nature, sum(PRS_ACT_QTE) AS n
	FROM dirty.er_prs_f JOIN dirty.person t USING (BEN_NIR_PSA, BEN_RNG_GEM)
	ANTI JOIN (FROM dirty.er_ete_f WHERE ETE_IND_TAA = 1) AS e
		USING (DCT_ORD_NUM, FLX_EMT_ORD, PRS_ORD_NUM)
	WHERE DPN_QLF <> 71 AND PRS_DPN_QLP <> 71 AND t.ben_cdi_nir = '00' AND CPL_MAJ_TOP < 2
	GROUP BY ALL HAVING sum(PRS_ACT_QTE) > 0
), clean_sum AS (
	SELECT t.truth_id, EXE_SOI_DTD AS on_day, PRS_NAT_REF AS nature, sum(PRS_ACT_QTE) AS n
	FROM clean.er_prs_f JOIN clean.person t USING (BEN_NIR_PSA, BEN_RNG_GEM)
	WHERE CPL_MAJ_TOP < 2 GROUP BY ALL
)
SELECT count(*) FROM ((FROM dirty_sum EXCEPT FROM clean_sum) UNION ALL
	(FROM clean_sum EXCEPT FROM dirty_sum));

-- check: filters give the stays of the clean base
WITH kept AS (
	SELECT y, ETA_NUM, RSA_NUM, DGN_PAL, GRG_GHM, ENT_DAT, SOR_DAT
	FROM dirty.b JOIN dirty.c USING (y, ETA_NUM, RSA_NUM)
	WHERE NIR_RET = '0' AND NAI_RET = '0' AND SEX_RET = '0' AND SEJ_RET = '0' AND FHO_RET = '0'
		AND PMS_RET = '0' AND DAT_RET = '0' AND COH_NAI_RET = '0' AND COH_SEX_RET = '0'
		AND GRG_GHM NOT LIKE '90%' AND NIR_ANO_17 <> 'xxxxxxxxxxxxxxxxx'
		AND ETA_NUM NOT IN ('750100042', '130783236', '690783154')
		AND SEJ_TYP IS DISTINCT FROM 'B' AND GRG_GHM <> '14Z08Z' AND GHS_NUM <> 9999
), wanted AS (
	SELECT y, ETA_NUM, RSA_NUM, DGN_PAL, GRG_GHM, ENT_DAT, SOR_DAT
	FROM clean.b JOIN clean.c USING (y, ETA_NUM, RSA_NUM)
)
SELECT count(*) FROM ((FROM kept EXCEPT FROM wanted) UNION ALL (FROM wanted EXCEPT FROM kept));

-- check: the clean base has one row a person in IR_BEN_R, real NIR, no date of 1600
SELECT (SELECT count(*) - count(DISTINCT BEN_NIR_ANO) FROM clean.ir_ben_r) +
	(SELECT count(*) FROM clean.ir_ben_r WHERE BEN_CDI_NIR <> '00' OR BEN_RNG_GEM <> '1'
		OR BEN_NIR_ANO IS NULL OR BEN_DCD_DTE < DATE '2017-01-01');

-- check: the clean base has no regularisation, double count or late flux
SELECT count(*) FROM clean.er_prs_f WHERE PRS_ACT_QTE < 0 OR DPN_QLF = 71 OR PRS_DPN_QLP = 71
	OR date_diff('month', EXE_SOI_DTF, FLX_DIS_DTD) <> 1;

-- check: the clean base has no stray stay
SELECT count(*) FROM clean.b JOIN clean.c USING (y, ETA_NUM, RSA_NUM)
WHERE GRG_GHM LIKE '90%' OR GRG_GHM = '14Z08Z' OR GHS_NUM = 9999 OR SEJ_TYP = 'B'
	OR NIR_ANO_17 LIKE 'xxx%' OR '1' IN (NIR_RET, NAI_RET, SEX_RET, SEJ_RET,
	FHO_RET, PMS_RET, DAT_RET, COH_NAI_RET, COH_SEX_RET);

-- check: nor has it other faults of what an optional filter removes
SELECT (SELECT count(*) FROM clean.er_ete_f WHERE ETE_IND_TAA = 1) +
	(SELECT count(*) FROM clean.ir_imb_r WHERE IMB_ETM_NAT <> 41) +
	(SELECT count(*) FROM clean.a WHERE ACV_ACT = '4') +
	(SELECT count(*) - count(DISTINCT (y, ETA_NUM, RSA_NUM, ASS_DGN)) FROM clean.d) +
	(SELECT count(*) FROM clean.cstc
		WHERE '1' IN (NIR_RET, NAI_RET, SEX_RET, IAS_RET, ENT_DAT_RET)) +
	(SELECT count(*) FROM clean.t_ssrb WHERE TYP_GEN_RHA <> '0') +
	(SELECT count(*) FROM clean.t_riprsa WHERE TYP_GEN_RSA <> '0' OR SEQ_IND = 'E');

-- check: a CSV folder is the same as a Parquet folder
SELECT count(*) FROM (
	(SELECT COLUMNS(*)::VARCHAR FROM clean.er_prs_f EXCEPT ALL FROM csv.er_prs_f)
	UNION ALL (FROM csv.er_prs_f EXCEPT ALL SELECT COLUMNS(*)::VARCHAR FROM clean.er_prs_f));

-- check: nor does IR_BEN_R differ between the formats
SELECT count(*) FROM (
	(SELECT COLUMNS(*)::VARCHAR FROM clean.ir_ben_r EXCEPT ALL FROM csv.ir_ben_r)
	UNION ALL (FROM csv.ir_ben_r EXCEPT ALL SELECT COLUMNS(*)::VARCHAR FROM clean.ir_ben_r));
