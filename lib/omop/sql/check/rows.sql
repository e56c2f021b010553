-- Fragment: the rows.
count(*)
