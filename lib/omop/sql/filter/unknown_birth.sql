-- true: no usable year of birth. In: the year, NULL when no row has one from 1880 to 2999.
CREATE MACRO drop_unknown_birth(birth_year) AS birth_year IS NULL;
