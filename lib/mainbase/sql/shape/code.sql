-- CIM-10 and CCAM codes in one spelling: capitals, no dot.
replace(upper(trim(@column@)), '.', '')
