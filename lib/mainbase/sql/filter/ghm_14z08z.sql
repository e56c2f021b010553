-- This group.
coalesce(GRG_GHM, '') = '14Z08Z'
