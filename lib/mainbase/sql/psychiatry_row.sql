-- Sequences of psychiatry (full and part time), as ssr_row.sql. Out: the views psychiatry_row and
-- psychiatry_code.
CREATE VIEW psychiatry_row AS
SELECT year, eta, number, CAST(NULL AS STRING) AS GRG_GHM, TYP_GEN_RSA AS made, SEQ_IND,
	NAT_PEC AS kind, ENT_MOD AS entry_mode, SOR_MOD AS exit_mode, SEQ_SEQ_NUM AS part,
	lpad(trim(SEQ_SEQ_NUM), 8, '0') AS turn
FROM snds_rip_rsa;

CREATE VIEW psychiatry_code AS
SELECT year, eta, number, DGN_PAL AS code, 'DGN_PAL' AS position
FROM snds_rip_rsa WHERE DGN_PAL <> ''
UNION ALL
SELECT year, eta, number, code, 'ASS_DGN' FROM snds_rip_rsad;
