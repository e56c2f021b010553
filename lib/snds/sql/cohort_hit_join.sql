LEFT JOIN @table@ ON @table@.person_id = c.person_id AND @table@.day = c.day
