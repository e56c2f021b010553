-- DuckDB only: COPY. drug_exposure as an analyst writes it by hand: drugs of towns with their
-- person and day, no line counted twice, regularisations summed, 30 days a box; concepts, providers
-- and what was removed are left out. @FOLDER@: SNDS tables; @OUT@: a file.
COPY (
	WITH person AS (
		SELECT BEN_NIR_PSA AS psa, BEN_RNG_GEM AS rng,
			dense_rank() OVER (ORDER BY
				coalesce(BEN_NIR_ANO, BEN_NIR_PSA || BEN_RNG_GEM)) AS person_id
		FROM '@FOLDER@/IR_BEN_R.parquet' WHERE BEN_CDI_NIR = '00'
	), bought AS (
		SELECT n.person_id, p.EXE_SOI_DTD AS day, h.PHA_PRS_C13 AS code, p.PFS_PRE_NUM AS
			prescriber, p.PFS_EXE_NUM AS executor, sum(h.PHA_ACT_QSN) AS quantity
		FROM '@FOLDER@/ER_PHA_F.parquet' AS h
		JOIN '@FOLDER@/ER_PRS_F.parquet' AS p
			USING (DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP,
				FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF)
		JOIN person AS n ON n.psa = p.BEN_NIR_PSA AND n.rng = p.BEN_RNG_GEM
		WHERE coalesce(p.DPN_QLF, 0) <> 71 AND coalesce(p.PRS_DPN_QLP, 0) <> 71
		GROUP BY ALL
		HAVING sum(h.PHA_ACT_QSN) > 0
	)
	SELECT row_number() OVER (ORDER BY person_id, day, code, prescriber, executor)
			AS drug_exposure_id,
		person_id, 0 AS drug_concept_id, day AS drug_exposure_start_date,
		day + CAST(30 * quantity - 1 AS INTEGER) AS drug_exposure_end_date,
		32869 AS drug_type_concept_id, quantity, 30 * quantity AS days_supply,
		CAST(code AS STRING) AS drug_source_value, prescriber AS provider_source_value
	FROM bought
	ORDER BY drug_exposure_id
) TO '@OUT@' (FORMAT parquet, COMPRESSION zstd);
