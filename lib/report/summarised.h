/*
 * The OHDSI summarised_result: one estimate a row, all values text, and a
 * table of settings. Layout of R package omopgenerics.
 */
#ifndef REPORT_SUMMARISED_H
#define REPORT_SUMMARISED_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum summarised_hidden {
	SUMMARISED_SHOWN,
	SUMMARISED_SMALL,  /* a count below the minimum */
	SUMMARISED_LINKED, /* would tell a small count */
};

struct summarised_row {
	int result_id;
	const char *group_name, *group_level;
	const char *strata_name, *strata_level;
	const char *variable_name, *variable_level;
	const char *estimate_name, *estimate_type, *estimate_value;
	const char *additional_name, *additional_level;
	enum summarised_hidden hidden;
};

struct summarised_setting {
	int result_id;
	const char *name, *type, *value;
};

/* Texts live in the arena or are literals. */
struct summarised {
	struct arena arena;
	const char *cdm_name;
	VEC(struct summarised_row) rows;
	VEC(struct summarised_setting) settings;
};

#define AUTO_SUMMARISED AUTO(summarised_free)

/* What stands for a suppressed value, as omopgenerics writes it. */
#define SUMMARISED_HIDDEN_VALUE "-"

struct summarised *summarised_new(const char *cdm_name);
void summarised_free(struct summarised **s);
void summarised_set(struct summarised *s, int result_id, const char *name, const char *type,
    const char *fmt, ...) ATTR_PRINTF(5, 6);
enum { SUMMARISED_COLUMNS = 13 };

/*
 * Record i of the exported layout: the rows, then the settings as rows of
 * variable_name "settings", as omopgenerics exports them. Valid until the next
 * call in the same thread.
 */
const char *const *summarised_fields(const struct summarised *s, size_t index);

#endif
