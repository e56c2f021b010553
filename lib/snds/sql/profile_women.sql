-- Share of women among the persons. In: @table@ (IR_BEN_R).
WITH person AS (
	SELECT coalesce(CAST(BEN_NIR_ANO AS STRING), coalesce(CAST(BEN_NIR_PSA AS STRING), '')
			|| coalesce(CAST(BEN_RNG_GEM AS STRING), '')) AS id,
		max(CAST(BEN_SEX_COD AS INTEGER)) AS sex
	FROM @table@ GROUP BY 1
)
SELECT CAST(count(*) FILTER (WHERE sex = 2) AS DOUBLE) / greatest(count(*), 1) FROM person;
