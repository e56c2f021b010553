-- In: flat_count, of all months. Out: filter_count, as the main base counts ER_PRS_F.
INSERT INTO filter_count
SELECT 'prs', filter, CAST(sum(rows) AS BIGINT)
FROM flat_count WHERE name = 'ER_PRS_F'
GROUP BY filter;
