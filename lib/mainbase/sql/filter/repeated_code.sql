-- The same once more. rank: among those that say the same.
rank > 1
