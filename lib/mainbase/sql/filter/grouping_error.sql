-- The stay could not be grouped.
coalesce(GRG_GHM, '') LIKE '90%'
