-- In: cdm_concept, concept_used. Out: the concepts that occur, read from the vocabulary once.
CREATE TABLE concept_seen AS
SELECT concept_id, domain_id, concept_class_id, standard_concept, invalid_reason
FROM cdm_concept
WHERE concept_id IN (SELECT concept_id FROM concept_used)
