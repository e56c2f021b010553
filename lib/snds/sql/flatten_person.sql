-- In: person. Out: one row a kept person, in the names of the SNDS; the days under observation.
SELECT person_id, person_key, sex AS BEN_SEX_COD, birth_year AS BEN_NAI_ANN,
	birth_month AS BEN_NAI_MOI, department AS BEN_RES_DPT, commune AS BEN_RES_COM,
	death_date AS BEN_DCD_DTE, cause AS DCD_CIM_COD, obs_start AS first_day,
	obs_end AS last_day
FROM person
ORDER BY person_id NULLS LAST
