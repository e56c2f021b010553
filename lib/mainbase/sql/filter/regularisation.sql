-- What was billed was taken back. quantity: the sum over one person, day, code, prescriber
-- and executor, NULL when no row has one.
coalesce(quantity, 0) <= 0
