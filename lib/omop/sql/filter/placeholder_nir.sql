-- true: the pseudonym stands for "unknown". In: NIR_ANO_17.
CREATE MACRO drop_placeholder_nir(nir) AS
nir IS NULL OR nir IN ('xxxxxxxxxxxxxxxxx', 'XXXXXXXXXXXXXXXXD');
