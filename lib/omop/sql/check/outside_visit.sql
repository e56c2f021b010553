-- Fragment of frame_visit: days more than a week before or after the visit, of all rows.
count(*) FILTER (WHERE t.@field@ < v.visit_start_date - INTERVAL 7 DAY OR
	t.@field@ > v.visit_end_date + INTERVAL 7 DAY), count(*)
