-- BEN_NIR_ANO says who it is; without this rule each pseudonym is a person.
BEN_NIR_ANO IS NOT NULL AND trim(BEN_NIR_ANO) <> ''
	AND lower(BEN_NIR_ANO) NOT LIKE 'xxxxxxxxxxxxxxxx%'
