-- A code that the SNDS stores as a number, as text of its full width; 0 is none.
CASE WHEN @column@ > 0 AND length(CAST(@column@ AS STRING)) < @width@
	THEN lpad(CAST(@column@ AS STRING), @width@, '0')
	WHEN @column@ > 0 THEN CAST(@column@ AS STRING) END
