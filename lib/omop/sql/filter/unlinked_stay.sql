-- true: only one of T_MCOaaB and T_MCOaaC has the stay. In: the key in B, the key in C.
CREATE MACRO drop_unlinked_stay(rsa_b, rsa_c) AS rsa_b IS NULL OR rsa_c IS NULL;
