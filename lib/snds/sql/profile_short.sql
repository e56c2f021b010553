-- Share of stays without a night; sessions, which have no length, left out. In: @table@ (T_MCOaaB).
SELECT count(*) FILTER (SEJ_NBJ::DOUBLE = 0)::DOUBLE / greatest(count(SEJ_NBJ), 1) FROM @table@;
