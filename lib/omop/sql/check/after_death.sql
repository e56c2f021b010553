-- Fragment of frame_death: days more than 60 days after death, of those there are.
count(*) FILTER (WHERE t.@field@ > d.death_date + INTERVAL 60 DAY), count(t.@field@)
