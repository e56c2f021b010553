/* Faults of a file as a file: a list, so that each has one name, one sentence, one count. */
#ifndef GUARD_FAULT_H
#define GUARD_FAULT_H

#include "guard/csv.h"

struct guard_fault {
	const char *id;
	const char *title;
	struct guard_places (*find)(const struct guard_structure *s);
};

extern const struct guard_fault guard_faults[];
extern const size_t guard_fault_count;

/* How often in which rows and at which bytes; false: not at all. */
bool guard_fault_find(const struct guard_fault *f, const struct guard_structure *s,
    struct guard_places *ret);

#endif
