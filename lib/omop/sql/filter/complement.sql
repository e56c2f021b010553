-- true: a supplement or a contribution, not the act. In: CPL_MAJ_TOP.
CREATE MACRO drop_complement(cpl_maj_top) AS coalesce(cpl_maj_top, 0) >= 2;
