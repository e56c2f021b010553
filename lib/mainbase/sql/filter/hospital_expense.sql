-- Hospital activity that the PMSI holds too; a missing qualifier is not that.
coalesce(DPN_QLF, 0) = 71 OR coalesce(PRS_DPN_QLP, 0) = 71
