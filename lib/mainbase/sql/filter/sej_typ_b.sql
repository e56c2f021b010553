-- Care given for another hospital, which reports it too.
coalesce(SEJ_TYP, '') = 'B' AND NOT (coalesce(GRG_GHM, '') LIKE '28%'
	AND coalesce(GRG_GHM, '') NOT IN ('28Z14Z', '28Z15Z', '28Z16Z'))
