-- The rows of ER_PRS_F that need several lines. In: @lines@ (keys, line: of the children that
-- have several rows for some key). Out: @line@ (keys, line).
CREATE TABLE @line@ AS
SELECT DISTINCT @keys@, line
FROM (@lines@) AS a
SEMI JOIN (SELECT @keys@ FROM (@lines@) AS b WHERE line = 2) AS r ON @same_care@;
