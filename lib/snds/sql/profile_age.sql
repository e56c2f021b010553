-- Mean age of stays whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT coalesce(avg(coalesce(CAST(AGE_ANN AS DOUBLE), 0)), 0) FROM @table@
WHERE left(CAST(DGN_PAL AS STRING), length($argument)) = $argument;
