-- Share of stays without a night; sessions, which have no length, left out. In: @table@ (T_MCOaaB).
SELECT CAST(count(*) FILTER (WHERE CAST(SEJ_NBJ AS DOUBLE) = 0) AS DOUBLE)
	/ greatest(count(SEJ_NBJ), 1)
FROM @table@;
