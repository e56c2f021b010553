-- Persons: BEN_NIR_ANO, without it the pseudonym and the rank. In: @table@ (IR_BEN_R).
SELECT CAST(count(DISTINCT coalesce(CAST(BEN_NIR_ANO AS STRING),
	coalesce(CAST(BEN_NIR_PSA AS STRING), '')
		|| coalesce(CAST(BEN_RNG_GEM AS STRING), ''))) AS DOUBLE)
FROM @table@;
