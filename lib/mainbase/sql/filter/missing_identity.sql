-- The row names nobody.
psa IS NULL OR trim(psa) = ''
