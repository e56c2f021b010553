-- true: an exemption for another reason. In: IMB_ETM_NAT.
CREATE MACRO drop_ald_nature(nature) AS nature IS NULL OR nature NOT IN (41, 43, 45);
