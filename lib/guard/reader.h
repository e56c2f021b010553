/*
 * The reader of binary formats: what runs in the child (io/child.h). It reads descriptor 0 and
 * sends frames: the head, then rows as delimited text, then how it ended.
 */
#ifndef GUARD_READER_H
#define GUARD_READER_H

#include "guard/made.h"
#include "io/child.h"

/* The first argument of the program that makes it a reader: no command for people. */
#define GUARD_READER_WORD "--read-for-guard"

enum guard_frame {
	GUARD_FRAME_HEAD = 1,    /* CSV, a record a variable: name, description, format, labels */
	GUARD_FRAME_ROWS = 2,    /* delimited text; a row may go on in the next frame */
	GUARD_FRAME_LABELS = 3,  /* CSV: a record a label set: its name, how many labels */
	GUARD_FRAME_END = 4,     /* one byte: enum guard_end */
	GUARD_FRAME_DELETED = 5, /* "2 2": rows marked as deleted, left out */
};

struct guard_reader {
	enum guard_format format;
	size_t column_max;
	struct child_limits limits;
	struct guard_made made;
	struct str head, labels;
	bool head_sent;
	bool is_closed;             /* nobody listens, or a row is too long */
	uint64_t deleted, left_out; /* rows of SAS that are marked as deleted */
};

/* argv[0] is GUARD_READER_WORD. The exit status. */
int guard_reader_main(int argc, char **argv);
/* The arguments for guard_reader_main, NULL-terminated; texts in the arena. */
void guard_reader_args(const char *ret[8], const char *program, enum guard_format format,
    size_t column_max, struct child_limits limits, struct arena *arena);

/* For the formats: one variable of the head; then rows; both false when to stop. */
void guard_reader_variable(struct guard_reader *r, struct view name, struct view description,
    struct view format, struct view label_set);
void guard_reader_labels(struct guard_reader *r, struct view set, size_t count);
MUST_CHECK bool guard_reader_row(struct guard_reader *r, const struct view *cells, size_t count);

/* Read all of descriptor 0. */
enum guard_end guard_read_stat(struct guard_reader *r);
enum guard_end guard_read_parquet(struct guard_reader *r);

#endif
