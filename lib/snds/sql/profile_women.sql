-- Share of women among the pseudonyms. In: @table@ (IR_BEN_R).
SELECT count(*) FILTER (BEN_SEX_COD::INTEGER = 2)::DOUBLE / greatest(count(*), 1) FROM @table@;
