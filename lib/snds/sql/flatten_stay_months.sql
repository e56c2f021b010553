-- In: flat_fate. Out: the months it has, 0 first.
SELECT DISTINCT CAST(flat_month AS BIGINT) AS m FROM flat_fate ORDER BY m NULLS LAST
