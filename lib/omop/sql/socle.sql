-- How far a variable is filled. In: @view@ with the column @field@. Out: records, those where it is
-- filled, persons who have it.
SELECT count(*) AS records, count(@field@) AS filled,
	count(DISTINCT CASE WHEN @field@ IS NOT NULL THEN person_id END) AS persons
FROM @view@
WHERE @condition@
