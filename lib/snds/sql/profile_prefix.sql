-- Stays a 1000 whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT 1000 * CAST(count(*) FILTER (
		WHERE left(CAST(DGN_PAL AS STRING), length($argument)) = $argument) AS DOUBLE)
	/ greatest(count(*), 1)
FROM @table@;
