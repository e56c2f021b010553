-- A supplement or a contribution, not the act.
coalesce(CPL_MAJ_TOP, 0) >= 2
