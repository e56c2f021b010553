-- Share of stays whose main diagnosis is in the chapter $argument, "C00-D48"; sessions left out.
-- In: @table@ (T_MCOaaB).
SELECT CAST(count(*) FILTER (WHERE substr(CAST(DGN_PAL AS STRING), 1, 3)
		BETWEEN substr($argument, 1, 3) AND substr($argument, 5, 3)) AS DOUBLE)
	/ greatest(count(*), 1) FROM @table@ WHERE SEJ_NBJ IS NOT NULL;
