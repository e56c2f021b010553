-- The tables of one month.
DROP TABLE line;

DROP TABLE care;
