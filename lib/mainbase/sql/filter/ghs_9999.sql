-- A stay without tariff.
coalesce(GHS_NUM, 0) = 9999
