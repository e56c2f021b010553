-- The rows that belong to a visit. @counts@: fragments over t and v.
SELECT @counts@ FROM @table@ AS t
JOIN cdm_visit_occurrence AS v ON v.visit_occurrence_id = t.visit_occurrence_id
