-- No date stands there.
death_date IS NULL
