-- The pseudonym stands for "unknown".
NIR_ANO_17 IS NULL OR NIR_ANO_17 IN ('xxxxxxxxxxxxxxxxx', 'XXXXXXXXXXXXXXXXD')
