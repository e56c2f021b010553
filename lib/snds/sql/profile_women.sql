-- Share of women among the persons. In: @table@ (IR_BEN_R).
WITH person AS (
	SELECT coalesce(BEN_NIR_ANO::VARCHAR, concat(BEN_NIR_PSA::VARCHAR, BEN_RNG_GEM::VARCHAR)) AS id,
		max(BEN_SEX_COD::INTEGER) AS sex
	FROM @table@ GROUP BY 1
)
SELECT count(*) FILTER (sex = 2)::DOUBLE / greatest(count(*), 1) FROM person;
