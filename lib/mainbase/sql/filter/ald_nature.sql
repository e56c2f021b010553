-- An exemption for another reason.
IMB_ETM_NAT IS NULL OR IMB_ETM_NAT NOT IN (41, 43, 45)
