-- true: the event does not meet the observation period. In: its days, those of the period.
CREATE MACRO drop_outside_observation(first_day, last_day, obs_start, obs_end) AS
first_day IS NULL OR last_day IS NULL OR last_day < first_day OR first_day > obs_end
	OR last_day < obs_start;
