-- Persons: BEN_NIR_ANO, without it the pseudonym and the rank. In: @table@ (IR_BEN_R).
SELECT count(DISTINCT coalesce(BEN_NIR_ANO::VARCHAR,
	concat(BEN_NIR_PSA::VARCHAR, BEN_RNG_GEM::VARCHAR)))::DOUBLE FROM @table@;
