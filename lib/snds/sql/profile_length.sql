-- Mean days of stays of a night and more. In: @table@ (T_MCOaaB).
SELECT coalesce(avg(CAST(SEJ_NBJ AS DOUBLE)) FILTER (WHERE CAST(SEJ_NBJ AS DOUBLE) > 0), 0)
FROM @table@;
