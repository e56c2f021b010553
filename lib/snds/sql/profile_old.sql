-- Share of 65 years and more of the persons on 1 January of the year $year. In: @table@ (IR_BEN_R).
WITH person AS (
	SELECT coalesce(CAST(BEN_NIR_ANO AS STRING), coalesce(CAST(BEN_NIR_PSA AS STRING), '')
			|| coalesce(CAST(BEN_RNG_GEM AS STRING), '')) AS id,
		max(CAST(BEN_NAI_ANN AS INTEGER)) AS born
	FROM @table@ GROUP BY 1
)
SELECT CAST(count(*) FILTER (WHERE $year - born - 1 >= 65) AS DOUBLE)
	/ greatest(count(*) FILTER (WHERE born < $year), 1) FROM person;
