-- Share of women of stays whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT CAST(count(*) FILTER (WHERE CAST(COD_SEX AS STRING) = '2') AS DOUBLE)
	/ greatest(count(*), 1)
FROM @table@
WHERE left(CAST(DGN_PAL AS STRING), length($argument)) = $argument;
