-- No usable beginning. birth: the first day of the month of birth.
first_day IS NULL OR year(first_day) < year(birth) OR first_day > obs_end
