-- @relation@: the rows of a child of one month. Out: how many keys have several of them.
SELECT count(*)
FROM (SELECT @keys@ FROM @relation@ AS r GROUP BY @keys@ HAVING count(*) > 1) AS several
