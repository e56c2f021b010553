-- One check of the linkage failed. ENT_DAT_RET exists from 2009 on: missing passes.
coalesce(NIR_RET, '') <> '0' OR coalesce(NAI_RET, '') <> '0' OR coalesce(SEX_RET, '') <> '0'
	OR coalesce(IAS_RET, '') <> '0' OR coalesce(ENT_DAT_RET, '0') <> '0'
