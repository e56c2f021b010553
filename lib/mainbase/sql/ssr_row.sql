-- Weeks of rehabilitation (RHS) as the other fields write their rows. Out: the views ssr_row
-- (year, eta, number, what the filters look at, kind, modes, part; turn: the part as text that
-- sorts as its number) and ssr_code (a row a diagnosis that is written, with its position).
CREATE VIEW ssr_row AS
SELECT year, eta, number, GRG_GME AS GRG_GHM,
	CASE WHEN TYP_GEN_RHA = '4' THEN '0' ELSE TYP_GEN_RHA END AS made,
	CAST(NULL AS STRING) AS SEQ_IND, GRG_GME AS kind, ENT_MOD AS entry_mode,
	SOR_MOD AS exit_mode, RHS_NUM AS part,
	lpad(trim(RHS_NUM), 8, '0') AS turn
FROM snds_ssr_b;

CREATE VIEW ssr_code AS
SELECT year, eta, number, FP_PEC AS code, 'FP_PEC' AS position
FROM snds_ssr_b WHERE FP_PEC <> ''
UNION ALL
SELECT year, eta, number, MOR_PRP, 'MOR_PRP' FROM snds_ssr_b WHERE MOR_PRP <> ''
UNION ALL
SELECT year, eta, number, ETL_AFF, 'ETL_AFF' FROM snds_ssr_b WHERE ETL_AFF <> ''
UNION ALL
SELECT year, eta, number, code, 'DGN_COD' FROM snds_ssr_d;
