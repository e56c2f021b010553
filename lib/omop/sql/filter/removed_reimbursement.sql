-- true: the row of ER_PRS_F was removed. In: the filter that removed it.
CREATE MACRO drop_removed_reimbursement(filter) AS filter IS NOT NULL;
