-- true: the same once more. In: its rank among those that say the same.
CREATE MACRO drop_repeated_code(rank) AS rank > 1;
