-- Share of 65 years and more of the persons on 1 January of the year $year. In: @table@ (IR_BEN_R).
WITH person AS (
	SELECT coalesce(BEN_NIR_ANO::VARCHAR, concat(BEN_NIR_PSA::VARCHAR, BEN_RNG_GEM::VARCHAR)) AS id,
		max(BEN_NAI_ANN::INTEGER) AS born
	FROM @table@ GROUP BY 1
)
SELECT count(*) FILTER ($year - born - 1 >= 65)::DOUBLE
	/ greatest(count(*) FILTER (born < $year), 1) FROM person;
