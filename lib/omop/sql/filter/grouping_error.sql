-- true: the stay could not be grouped. In: GRG_GHM.
CREATE MACRO drop_grouping_error(ghm) AS coalesce(ghm LIKE '90%', false);
