-- Fragment of frame_birth: days before birth, or before June of its year, of all rows.
count(*) FILTER (WHERE t.@field@ < p.mid_year), count(*)
