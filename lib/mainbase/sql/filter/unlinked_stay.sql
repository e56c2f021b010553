-- Only one of T_MCOaaB and T_MCOaaC has the stay.
rsa_b IS NULL OR rsa_c IS NULL
