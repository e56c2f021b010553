-- @relation@: a main table of the PMSI. Out: how many rows repeat the key of another one.
SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT @key@ FROM @relation@ AS r) AS one)
FROM @relation@ AS r
