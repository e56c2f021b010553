-- DuckDB only: the flattening of DCIR as written by hand: one query over all months, plain left
-- joins, a folder a month. @FOLDER@: SNDS tables; @OUT@: a folder to make.
COPY (
	WITH person AS (
		SELECT BEN_NIR_PSA, CAST(BEN_RNG_GEM AS BIGINT) AS BEN_RNG_GEM,
			coalesce(BEN_NIR_ANO, BEN_NIR_PSA || BEN_RNG_GEM) AS person_id
		FROM '@FOLDER@/IR_BEN_R.parquet'
		WHERE coalesce(BEN_CDI_NIR, '00') NOT IN
			('01', '05', '06', '08', '09', '11', '12', '13', '14', '15')
	), taa AS (
		SELECT DISTINCT @KEYS@ FROM '@FOLDER@/ER_ETE_F.parquet' WHERE ETE_IND_TAA = 1
	)
	SELECT p.person_id, r.*, pha.* EXCLUDE (@KEYS@, ORG_CLE_NEW),
		ucd.* EXCLUDE (@KEYS@, ORG_CLE_NEW), ete.* EXCLUDE (@KEYS@, ORG_CLE_NEW),
		cam.* EXCLUDE (@KEYS@, ORG_CLE_NEW), bio.* EXCLUDE (@KEYS@, ORG_CLE_NEW),
		tip.* EXCLUDE (@KEYS@, ORG_CLE_NEW),
		year(r.FLX_DIS_DTD) * 100 + month(r.FLX_DIS_DTD) AS flux_month
	FROM '@FOLDER@/ER_PRS_F.parquet' AS r
	JOIN person AS p ON p.BEN_NIR_PSA = r.BEN_NIR_PSA
		AND p.BEN_RNG_GEM = CAST(r.BEN_RNG_GEM AS BIGINT)
	ANTI JOIN taa USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_PHA_F.parquet' AS pha USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_UCD_F.parquet' AS ucd USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_ETE_F.parquet' AS ete USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_CAM_F.parquet' AS cam USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_BIO_F.parquet' AS bio USING (@KEYS@)
	LEFT JOIN '@FOLDER@/ER_TIP_F.parquet' AS tip USING (@KEYS@)
	WHERE coalesce(r.DPN_QLF, 0) <> 71 AND coalesce(r.PRS_DPN_QLP, 0) <> 71
) TO '@OUT@' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (flux_month), OVERWRITE true);
