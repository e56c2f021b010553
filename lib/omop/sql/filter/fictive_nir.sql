-- true: an identity that no single person owns. In: BEN_CDI_NIR; list_nir_codes.
CREATE MACRO drop_fictive_nir(nir) AS
coalesce(lpad(trim(nir), 2, '0') IN (SELECT code FROM list_nir_codes WHERE person = 'no'), false);
