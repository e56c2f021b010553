/* What a format gives to input.c: one table of functions. For lib/guard's own files. */
#ifndef GUARD_SOURCE_H
#define GUARD_SOURCE_H

#include "guard/input.h"

struct guard_source {
	/* *ret: the state that the others take; `s` is the file, at its beginning. */
	int (*open)(void **ret, struct stream **s, const char *path,
	    const struct guard_csv_options *o, enum guard_format format, struct err *err);
	void (*close)(void *state);
	/* As guard_input_read. */
	int (*read)(void *state, unsigned char *ret, size_t size, size_t *ret_len, struct err *err);
	/* Names, encoding; true when the text is made. */
	bool (*tell_dialect)(const void *state, struct guard_dialect *ret);
	void (*tell)(const void *state, struct guard_structure *s);
	/* At the end: how many labels the described variables have. */
	void (*tell_labels)(const void *state, struct guard_dialect *d);
	/* NULL, or of each variable; borrowed. */
	const struct guard_json_kinds *(*tell_kinds)(const void *state);
};

extern const struct guard_source guard_source_text;
extern const struct guard_source guard_source_json;
extern const struct guard_source guard_source_binary;

#endif
