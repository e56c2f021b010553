-- One check of the linkage failed. The last three codes are younger than the files (2006,
-- 2013): missing passes.
coalesce(NIR_RET, '') <> '0' OR coalesce(NAI_RET, '') <> '0' OR coalesce(SEX_RET, '') <> '0'
	OR coalesce(SEJ_RET, '') <> '0' OR coalesce(FHO_RET, '') <> '0'
	OR coalesce(PMS_RET, '') <> '0' OR coalesce(DAT_RET, '0') <> '0'
	OR coalesce(COH_NAI_RET, '0') <> '0' OR coalesce(COH_SEX_RET, '0') <> '0'
