-- true: a stay without tariff. In: GHS_NUM.
CREATE MACRO drop_ghs_9999(ghs) AS coalesce(ghs, 0) = 9999;
