-- Fragment of frame_death: days more than 60 days after death, of all rows.
count(*) FILTER (WHERE t.@field@ > d.death_date + INTERVAL 60 DAY), count(*)
