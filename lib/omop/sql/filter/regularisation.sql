-- true: what was billed was taken back. In: the sum of the quantities of one person, day,
-- code, prescriber and executor (NULL: no row has one).
CREATE MACRO drop_regularisation(quantity) AS coalesce(quantity, 0) <= 0;
