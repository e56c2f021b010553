-- true: no usable beginning. In: IMB_ALD_DTD, first day of the month of birth, last day
-- under observation.
CREATE MACRO drop_ald_dates(first_day, birth, obs_end) AS
real_date(first_day) IS NULL OR year(first_day) < year(birth) OR first_day > obs_end;
