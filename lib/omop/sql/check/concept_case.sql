-- Fragment of concept_used.
WHEN grouping(t.@field@) = 0 THEN '@field_name@'
