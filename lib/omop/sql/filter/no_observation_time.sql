-- true: no day under observation. In: first and last day.
CREATE MACRO drop_no_observation_time(obs_start, obs_end) AS obs_start > obs_end;
