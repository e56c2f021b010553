-- In: $name (a table), $filter (NULL: they stay), $rows. Out: flat_count.
INSERT INTO flat_count SELECT $name, $filter, $rows;
