-- true: the row names nobody. In: BEN_NIR_PSA.
CREATE MACRO drop_missing_identity(psa) AS psa IS NULL OR trim(psa) = '';
