-- An identity that no single person owns.
lpad(trim(coalesce(BEN_CDI_NIR, '00')), 2, '0') IN
	(SELECT code FROM list_nir_codes WHERE person = 'no')
