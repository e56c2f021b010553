-- Sub-sequences of hospital at home, as ssr_row.sql. Out: the views had_row and had_code.
CREATE VIEW had_row AS
SELECT year, eta, number, CAST(NULL AS STRING) AS GRG_GHM, CAST(NULL AS STRING) AS made,
	CAST(NULL AS STRING) AS SEQ_IND, PEC_PAL AS kind, ENT_MOD AS entry_mode,
	SOR_MOD AS exit_mode, coalesce(SEQ_NUM, '') || coalesce(SSEQ_NUM, '') AS part,
	lpad(coalesce(trim(SEQ_NUM), ''), 8, '0') || lpad(coalesce(trim(SSEQ_NUM), ''), 8, '0')
		AS turn
FROM snds_had_b;

CREATE VIEW had_code AS
SELECT year, eta, number, DGN_PAL AS code, 'DGN_PAL' AS position
FROM snds_had_b WHERE DGN_PAL <> ''
UNION ALL
SELECT year, eta, number, code, 'DGN_ASS' FROM snds_had_d;
