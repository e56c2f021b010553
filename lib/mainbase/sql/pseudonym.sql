-- Pseudonyms and the persons behind them. In: snds_ben. Out: ben (a row of IR_BEN_R with
-- person_key and filter), person_row (a row a person: what its rows agree best on).
CREATE TABLE ben AS
SELECT *, @filters_ben@ AS filter
FROM (
	SELECT BEN_NIR_PSA AS psa, BEN_RNG_GEM AS rng, BEN_IDT_ANO AS idt, BEN_CDI_NIR,
		CASE WHEN @drop_merged_pseudonym@ THEN BEN_NIR_ANO
			ELSE coalesce(BEN_NIR_PSA, '') || coalesce(CAST(BEN_RNG_GEM AS STRING), '')
			END AS person_key,
		BEN_SEX_COD AS sex, BEN_NAI_ANN AS birth_year, BEN_NAI_MOI AS birth_month,
		BEN_DCD_DTE AS death_date, BEN_RES_DPT AS department, BEN_RES_COM AS commune,
		BEN_DTE_MAJ AS updated
	FROM snds_ben
) AS keyed;

-- The row updated last speaks first, where it knows the answer.
CREATE TABLE person_row AS
SELECT person_key,
	min_by(sex, rank) FILTER (WHERE sex IN (1, 2)) AS sex,
	min_by(birth_year, rank) FILTER (WHERE birth_year BETWEEN 1880 AND 2999) AS birth_year,
	min_by(birth_month, rank) FILTER (WHERE birth_month BETWEEN 1 AND 12) AS birth_month,
	min_by(department, rank) FILTER (WHERE trim(department) <> '') AS department,
	min_by(commune, rank) FILTER (WHERE trim(commune) <> '') AS commune
FROM (
	SELECT *, row_number() OVER (PARTITION BY person_key
		ORDER BY updated DESC NULLS LAST, psa NULLS LAST, rng NULLS LAST) AS rank
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
