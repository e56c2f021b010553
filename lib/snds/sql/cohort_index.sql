-- Entries at the events of a set that touch observation; what began before it enters on its
-- first day. Out: @table@ (person_id, day).
CREATE TABLE @table@ AS
SELECT person_id, @pick@ AS day
FROM (
	SELECT s.person_id, greatest(s.first_day, p.obs_start) AS day
	FROM @from@ AS s
	JOIN person AS p ON p.person_id = s.person_id
	WHERE s.first_day <= p.obs_end AND s.last_day >= p.obs_start
) AS touching
GROUP BY person_id@each@;
