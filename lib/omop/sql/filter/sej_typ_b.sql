-- true: care given for another hospital, which reports it too. In: SEJ_TYP, GRG_GHM.
CREATE MACRO drop_sej_typ_b(sej_typ, ghm) AS
coalesce(sej_typ, '') = 'B' AND NOT (coalesce(ghm, '') LIKE '28%'
	AND coalesce(ghm, '') NOT IN ('28Z14Z', '28Z15Z', '28Z16Z'));
