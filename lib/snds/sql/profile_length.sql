-- Mean days of stays of a night and more. In: @table@ (T_MCOaaB).
SELECT coalesce(avg(SEJ_NBJ::DOUBLE) FILTER (SEJ_NBJ::DOUBLE > 0), 0) FROM @table@;
