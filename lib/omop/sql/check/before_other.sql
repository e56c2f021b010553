-- Fragment: days before another of the same row, of all rows.
count(*) FILTER (WHERE t.@field@ < t.@other@), count(*)
