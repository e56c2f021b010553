-- Share of women of stays whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT count(*) FILTER (COD_SEX::VARCHAR = '2')::DOUBLE / greatest(count(*), 1) FROM @table@
WHERE starts_with(DGN_PAL::VARCHAR, $argument);
