/*
 * The obligations of HealthDCAT-AP, as data (data/properties.csv): which
 * property of which kind of node, how often, of what, at which access level.
 *
 * Profiles: dcat (DCAT-AP 3.0.1) always counts; r8 (HealthDCAT-AP Release 8),
 * r5 (Release 5) and hdh (the national catalogue of France) may be asked for.
 */
#ifndef CATALOG_RULES_H
#define CATALOG_RULES_H

#include "base/arena.h"
#include "base/map.h"

enum catalog_profile {
	CATALOG_DCAT = 1,
	CATALOG_R8 = 2,
	CATALOG_R5 = 4,
	CATALOG_HDH = 8,
	CATALOG_ALL = 15,
};

enum catalog_access {
	CATALOG_PUBLIC,
	CATALOG_RESTRICTED,
	CATALOG_NON_PUBLIC, /* also where nothing is said */
	CATALOG_ACCESSES,
};

enum catalog_range {
	CATALOG_ANY,
	CATALOG_LITERAL,
	CATALOG_IRI,
	CATALOG_NODE,
	CATALOG_BOOLEAN,
	CATALOG_COUNT,
	CATALOG_ANY_URI,
	CATALOG_DATE,
	CATALOG_DURATION,
	CATALOG_DECIMAL,
};

struct catalog_card {
	char level;        /* 'M' mandatory, 'R' recommended, 'O' optional */
	uint32_t min, max; /* max UINT32_MAX: any number */
};

struct catalog_rule {
	uint32_t role;
	const char *property[2]; /* IRIs; [1] is NULL unless one of two is enough */
	const char *name;        /* as the table has it: "dct:title" */
	enum catalog_range range;
	const char *node_class; /* IRI or NULL */
	const char *vocabulary; /* or NULL */
	char strict;            /* '!' unknown terms are wrong, '?' a warning, '~' allowed */
	struct catalog_card card[CATALOG_ACCESSES];
	unsigned profile;
	const char *when_property, *when_value; /* only where that is said, or NULL */
	const char *value;                      /* IRI that must be among the values, or NULL */
	const char *label[2];                   /* English, French */
	const char *source;
};

struct catalog_role {
	const char *name;
	const char *iri;
	bool by_class; /* nodes of that class; else the values of that property of a dataset */
	const char *label[2];
};

struct catalog_concept {
	const char *vocabulary, *code, *iri;
	const char *label[2];
};

struct catalog_vocabulary {
	const char *name, *scheme, *title, *node_class, *version, *source;
	bool complete;
};

struct catalog_rules {
	struct arena memory;
	VEC(struct catalog_role) roles;
	VEC(struct catalog_rule) rules; /* of one role side by side */
	VEC(struct catalog_vocabulary) vocabularies;
	VEC(struct catalog_concept) concepts;
	struct map concept_ids;  /* IRI -> index of concepts */
	struct map messages;     /* code -> index of texts */
	VEC(const char *) texts; /* English, French in turn */
};

#define AUTO_CATALOG_RULES AUTO(catalog_rules_clear)

/* What travels inside the program. ERR_INTERNAL: a defect of the tables. */
MUST_CHECK int catalog_rules_read(struct catalog_rules *ret, struct err *err);
/*
 * Terms of vocabularies that we may not ship: the .ttl and .nt files of a folder
 * (skos:inScheme, skos:prefLabel). A vocabulary that is found there is complete.
 */
MUST_CHECK int catalog_rules_add_folder(struct catalog_rules *r, const char *folder,
    struct err *err);
void catalog_rules_clear(struct catalog_rules *r);

/* NULL: not known. */
const struct catalog_concept *catalog_find_concept(const struct catalog_rules *r, struct view iri);
const struct catalog_concept *catalog_find_code(const struct catalog_rules *r,
    const char *vocabulary, struct view code);
const struct catalog_vocabulary *catalog_find_vocabulary(const struct catalog_rules *r,
    const char *name);
/* Words of a code of messages.csv; language 0 English, 1 French. */
const char *catalog_message(const struct catalog_rules *r, const char *code, int language);

#endif
