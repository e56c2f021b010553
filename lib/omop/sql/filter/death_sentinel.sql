-- true: no date stands there. In: BEN_DCD_DTE.
CREATE MACRO drop_death_sentinel(day) AS real_date(day) IS NULL;
