-- Care that an establishment bills by activity. In: snds_ete. Out: taa (its keys).
CREATE TABLE taa AS
SELECT @keys@, max(ETE_IND_TAA) AS ETE_IND_TAA
FROM snds_ete WHERE ETE_IND_TAA = 1
GROUP BY @keys@;
