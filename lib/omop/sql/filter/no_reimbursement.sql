-- true: the nine keys found nothing. In: whether ER_PRS_F answered.
CREATE MACRO drop_no_reimbursement(found) AS found IS NULL;
