-- The event does not meet the observation period.
first_day IS NULL OR last_day IS NULL OR last_day < first_day OR first_day > obs_end
	OR last_day < obs_start
