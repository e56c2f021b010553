-- Long-term diseases. In: snds_imb, pseudonym. Out: ald (person_id, first_day, last_day, code).
CREATE TABLE ald_row AS
WITH owned AS (
	SELECT n.person_id, n.birth, n.obs_end, i.IMB_ALD_DTD AS first_day, i.IMB_ETM_NAT,
		CASE WHEN i.IMB_ALD_DTF >= i.IMB_ALD_DTD THEN least(i.IMB_ALD_DTF, n.obs_end) END
			AS last_day,
		i.MED_MTF_COD AS code
	FROM snds_imb AS i
	LEFT JOIN pseudonym AS n ON n.psa = i.BEN_NIR_PSA AND n.rng = i.BEN_RNG_GEM
), checked AS (
	SELECT *, @filters_ald@ AS filter FROM owned
), ranked AS (
	SELECT *, row_number() OVER (PARTITION BY filter, person_id, code, first_day
		ORDER BY last_day DESC NULLS FIRST) AS rank
	FROM checked
)
SELECT person_id, first_day, last_day, code,
	CASE WHEN filter IS NULL AND @drop_repeated_code@ THEN 'repeated_code' ELSE filter END
		AS filter
FROM ranked;

INSERT INTO filter_count SELECT 'ald', filter, count(*) FROM ald_row GROUP BY filter;

CREATE TABLE ald AS
SELECT person_id, first_day, last_day, code FROM ald_row WHERE filter IS NULL;

DROP TABLE ald_row;
