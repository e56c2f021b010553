-- An UCD13 holds an UCD7: 34008 UCD7 key, or zeros in front.
CASE WHEN length(trim(@column@)) = 13 AND trim(@column@) LIKE '34008%'
	THEN substr(trim(@column@), 6, 7)
	WHEN length(trim(@column@)) > 7 AND trim(@column@) LIKE '00%' THEN right(trim(@column@), 7)
	ELSE trim(@column@) END
