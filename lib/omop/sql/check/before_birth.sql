-- Fragment of frame_birth: days before birth, of those there are.
count(*) FILTER (WHERE t.@field@ < p.birth_date), count(t.@field@)
