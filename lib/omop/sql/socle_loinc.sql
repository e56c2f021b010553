-- The concept has one of these LOINC codes, says the CDM's own vocabulary.
concept_id IN (SELECT concept_id FROM cdm_concept
	WHERE vocabulary_id = 'LOINC' AND concept_code IN (@codes@))
