-- Pseudonyms and the persons behind them. In: snds_ben. Out: ben (a row of IR_BEN_R with
-- person_key and filter), person_row (a row a person: what its rows agree best on).
CREATE TABLE ben AS
SELECT BEN_NIR_PSA AS psa, BEN_RNG_GEM AS rng, BEN_IDT_ANO AS idt,
	person_key(BEN_NIR_ANO, BEN_NIR_PSA, BEN_RNG_GEM) AS person_key,
	BEN_SEX_COD AS sex, BEN_NAI_ANN AS birth_year, BEN_NAI_MOI AS birth_month,
	BEN_DCD_DTE AS death_date, BEN_DTE_MAJ AS updated,
	CASE WHEN drop_missing_identity(BEN_NIR_PSA) THEN 'missing_identity'
		WHEN drop_fictive_nir(BEN_CDI_NIR) THEN 'fictive_nir' END AS filter
FROM snds_ben;

-- The row updated last speaks first, where it knows the answer.
CREATE TABLE person_row AS
SELECT person_key,
	min_by(sex, rank) FILTER (WHERE sex IN (1, 2)) AS sex,
	min_by(birth_year, rank) FILTER (WHERE birth_year BETWEEN 1880 AND 2999) AS birth_year,
	min_by(birth_month, rank) FILTER (WHERE birth_month BETWEEN 1 AND 12) AS birth_month
FROM (
	SELECT *, row_number() OVER (PARTITION BY person_key
		ORDER BY updated DESC NULLS LAST, psa, rng) AS rank
	FROM ben WHERE filter IS NULL
) AS ranked
GROUP BY person_key;

INSERT INTO filter_count
SELECT 'ben', filter, count(*) FROM ben WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT 'ben', 'merged_pseudonym', (SELECT count(*) FROM ben WHERE filter IS NULL)
	- (SELECT count(*) FROM person_row)
UNION ALL
SELECT 'ben', NULL, count(*) FROM person_row;
