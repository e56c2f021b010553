-- Dates that mean "none" are NULL.
CASE WHEN @column@ > DATE '1600-01-01' THEN @column@ END
