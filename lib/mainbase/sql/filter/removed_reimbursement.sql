-- The row of ER_PRS_F was removed.
prs_filter IS NOT NULL
