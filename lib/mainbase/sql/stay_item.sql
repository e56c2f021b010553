-- What is paid beside the tariff of a stay. In: @source@ (code, quantity, delay: days from the
-- entry), stay. Out: @care@ (the stay's year, eta, rsa; person_id, day, code, quantity, obs_end):
-- a row a stay, day and code. Quantities are summed as whole thousandths.
CREATE TABLE item_row AS
SELECT year, eta, rsa, person_id, first_day AS day, code, thousandths, obs_end,
	@each_row@ AS each_row, @filters@ AS filter
FROM (
	SELECT a.year, a.eta, a.rsa, s.person_id, s.person_id AS stay_person, a.code,
		s.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS first_day,
		s.first_day + CAST(coalesce(a.delay, 0) AS INTEGER) AS last_day,
		s.first_day AS obs_start, s.obs_end,
		CAST(round(a.quantity * 1000) AS BIGINT) AS thousandths
	FROM @source@ AS a
	LEFT JOIN stay AS s ON s.year = a.year AND s.eta = a.eta AND s.rsa = a.rsa
) AS found;

CREATE TABLE item_sum AS
SELECT year, eta, rsa, person_id, day, code, CAST(sum(thousandths) AS BIGINT) AS quantity,
	min(obs_end) AS obs_end
FROM item_row WHERE filter IS NULL
GROUP BY year, eta, rsa, person_id, day, code, each_row;

INSERT INTO filter_count
SELECT '@stage@', filter, count(*) FROM item_row WHERE filter IS NOT NULL GROUP BY filter
UNION ALL
SELECT '@stage@', 'regularisation', (SELECT count(*) FROM item_row WHERE filter IS NULL)
	- (SELECT count(*) FROM item_sum WHERE NOT (@drop_regularisation@))
UNION ALL
SELECT '@stage@', NULL, count(*) FROM item_sum WHERE NOT (@drop_regularisation@);

CREATE TABLE @care@ AS
SELECT year, eta, rsa, person_id, day, code, CAST(quantity AS DOUBLE) / 1000 AS quantity, obs_end
FROM item_sum WHERE NOT (@drop_regularisation@);

DROP TABLE item_row;
DROP TABLE item_sum;
