-- No usable year of birth: no row has one from 1880 to 2999.
birth_year IS NULL
