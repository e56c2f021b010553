-- No day under observation.
obs_start > obs_end
