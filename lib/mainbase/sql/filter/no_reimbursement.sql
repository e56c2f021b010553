-- The nine keys found nothing.
found_day IS NULL
