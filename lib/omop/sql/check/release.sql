-- The view no longer reads it.
DROP TABLE @kept@
