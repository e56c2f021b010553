-- The lines of one table of one month, numbered within their row of ER_PRS_F. @order@: all columns.
CREATE TABLE @name@ AS
SELECT *, CAST(row_number() OVER (PARTITION BY @keys@ ORDER BY @order@) AS INTEGER) AS line
FROM @relation@ AS r;
