-- true: hospital activity that the PMSI holds too. In: DPN_QLF, PRS_DPN_QLP (NULL: not).
CREATE MACRO drop_hospital_expense(dpn_qlf, prs_dpn_qlp) AS
coalesce(dpn_qlf, 0) = 71 OR coalesce(prs_dpn_qlp, 0) = 71;
