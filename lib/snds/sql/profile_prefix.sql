-- Stays a 1000 whose main diagnosis begins with $argument. In: @table@ (T_MCOaaB).
SELECT 1000.0 * count(*) FILTER (starts_with(DGN_PAL::VARCHAR, $argument))
	/ greatest(count(*), 1) FROM @table@;
