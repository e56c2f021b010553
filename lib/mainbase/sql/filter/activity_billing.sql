-- An establishment bills it by activity: the PMSI holds it too.
coalesce(ETE_IND_TAA, 0) = 1
