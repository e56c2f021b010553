-- The key of the person behind a pseudonym. In: BEN_NIR_ANO, BEN_NIR_PSA, BEN_RNG_GEM.
CREATE MACRO person_key(nir_ano, psa, rng) AS
CASE WHEN nir_ano IS NULL OR trim(nir_ano) = '' OR lower(nir_ano) LIKE 'xxxxxxxxxxxxxxxx%'
	THEN psa || coalesce(CAST(rng AS VARCHAR), '') ELSE nir_ano END;
