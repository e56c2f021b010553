-- Mean age of stays whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT coalesce(avg(coalesce(AGE_ANN::DOUBLE, 0)), 0) FROM @table@
WHERE starts_with(DGN_PAL::VARCHAR, $argument);
