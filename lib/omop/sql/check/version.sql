-- In: cdm_version, a view of cdm_source. Out: what it says of its version.
SELECT cdm_version FROM cdm_version ORDER BY cdm_version NULLS LAST LIMIT 1
