/*
 * What is known of variables before a file is read: the kinds of data on
 * persons (data/kinds.csv), how much a match of a detector means for them
 * (data/detectors.csv), which words of a header tell them
 * (data/header_words.csv), and first names (health/given_names.h).
 */
#ifndef GUARD_KNOWLEDGE_H
#define GUARD_KNOWLEDGE_H

#include "base/map.h"
#include "guard/detect.h"

/* In order of what they ask of whoever receives the file. */
enum guard_class {
	GUARD_CLASS_NONE,
	GUARD_CLASS_SENSITIVE, /* tells of health, belief … */
	GUARD_CLASS_QUASI,     /* tells persons apart together with others */
	GUARD_CLASS_PSEUDONYM, /* stands for a person */
	GUARD_CLASS_DIRECT,    /* names a person */
	GUARD_CLASSES,
};

enum guard_kind_form {
	GUARD_KIND_CODE = 1,    /* short, of one word mostly */
	GUARD_KIND_MANY = 2,    /* many different values */
	GUARD_KIND_LETTERS = 4, /* words of letters */
	GUARD_KIND_TEXT = 8,
	GUARD_KIND_DATE = 16,
	GUARD_KIND_BIRTH = 32, /* a date or a year */
	GUARD_KIND_FEW = 64,   /* few different values */
	GUARD_KIND_AGE = 128,
	GUARD_KIND_PHONE = 256, /* seven digits and more */
	GUARD_KIND_KEY = 512,   /* a code with many different values, or a long one */
};

struct guard_kind {
	const char *id, *title;
	enum guard_class class;
	unsigned forms; /* guard_kind_form bits that a column with its label must have */
};

struct guard_rule {
	enum guard_detector detector;
	uint64_t kinds;         /* bits: the first is told unless the header says another */
	size_t first_kind;      /* of them, as the file names them */
	enum guard_detector of; /* out of these; GUARD_DETECTORS: of all cells with a value */
	double random;          /* share of random cells of that form that match */
	double alone;           /* share needed without a header; < 0: never enough */
	double labelled;        /* with one */
};

enum { GUARD_NO_KIND = -1 };

struct guard_knowledge {
	VEC(struct guard_kind) kinds; /* at most 64 */
	VEC(struct guard_rule) rules; /* strongest first */
	struct map kind_ids;
	struct map words; /* folded, a blank between; value: kind */
	struct map first_names;
	struct arena arena;
};

#define AUTO_KNOWLEDGE AUTO(guard_knowledge_clear)

MUST_CHECK int guard_knowledge_load(struct guard_knowledge *k, struct err *err);
void guard_knowledge_clear(struct guard_knowledge *k);
/* The index of a kind, or GUARD_NO_KIND. */
int guard_kind_find(const struct guard_knowledge *k, struct view id);
/* "direct", "quasi" */
const char *guard_class_name(enum guard_class class);
bool guard_is_first_name(const struct guard_knowledge *k, struct view value);

#endif
