-- true: one check of the linkage failed. In: the nine return codes as text; the last
-- three are younger than the files (2006, 2013): NULL passes.
CREATE MACRO return_ok(code) AS coalesce(lower(trim(code)) IN ('0', '0.0', 'false'), false);
CREATE MACRO drop_return_code(nir, nai, sex, sej, fho, pms, dat, coh_nai, coh_sex) AS
NOT (return_ok(nir) AND return_ok(nai) AND return_ok(sex) AND return_ok(sej) AND return_ok(fho)
	AND return_ok(pms) AND (dat IS NULL OR return_ok(dat))
	AND (coh_nai IS NULL OR return_ok(coh_nai)) AND (coh_sex IS NULL OR return_ok(coh_sex)));
