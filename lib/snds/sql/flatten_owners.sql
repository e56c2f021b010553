-- In: @owners@ (id, BEN_NIR_PSA, BEN_RNG_GEM), pseudonym. Out: the person behind each that has one,
-- with the days under observation.
SELECT r.id, n.person_id, n.obs_start, n.obs_end
FROM @owners@ AS r
JOIN pseudonym AS n ON n.psa = r.BEN_NIR_PSA AND n.rng = r.BEN_RNG_GEM
