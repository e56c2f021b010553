-- true: no kept stay. In: the visit that the stay became.
CREATE MACRO drop_removed_stay(visit_id) AS visit_id IS NULL;
