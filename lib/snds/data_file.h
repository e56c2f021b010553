/*
 * One embedded CSV, row by row. The first problem is kept and told at the
 * end, so that the loaders stay lists of assignments.
 */
#ifndef SNDS_DATA_FILE_H
#define SNDS_DATA_FILE_H

#include "io/csv.h"
#include "snds/model.h"

enum { DATA_COLUMNS_MAX = 20 };

struct data_file {
	struct csv_reader *csv;
	struct arena *arena;
	const char *name;
	const char *const *columns;
	size_t index[DATA_COLUMNS_MAX];
	bool failed;
	struct err err;
};

#define AUTO_DATA AUTO(data_close)

/* `columns` names what the loader reads, by position from 0. */
void data_open(struct data_file *f, struct arena *arena, const char *name,
    const char *const *columns, size_t count);
void data_close(struct data_file *f);
/* False at the end, or at the first problem. */
bool data_next(struct data_file *f);
/* 0, or -1 with the first problem. */
MUST_CHECK int data_end(const struct data_file *f, struct err *err);

/* Of the current row. A text is a copy in the arena, never NULL. */
struct view data_text(struct data_file *f, size_t column);
double data_number(struct data_file *f, size_t column);
int data_int(struct data_file *f, size_t column);
int64_t data_i64(struct data_file *f, size_t column);
/* Of a text "share=0.9 days=30": the value of a name, empty or 0 without it. */
struct view data_attribute(struct data_file *f, size_t column, const char *name);
double data_attribute_number(struct data_file *f, size_t column, const char *name);
int data_attribute_int(struct data_file *f, size_t column, const char *name);
/* The loader's own complaint about the current row. */
void data_refuse(struct data_file *f, const char *why);

/* Index of an ATC code's molecule; a code without a drug is refused. */
size_t data_find_molecule(const struct snds_model *m, struct view atc, struct data_file *f);
/* "CAM" -> SNDS_LINE_CAM; another word is refused. */
enum snds_line_table data_line_table(struct data_file *f, struct view name);

/* A named slot for "parameter,value" files. */
struct data_slot {
	const char *name;
	double *value;
};
/* Put the value of column `value` where the parameter's slot says; unknown names are refused. */
void data_assign(struct data_file *f, const struct data_slot *slots, size_t count,
    size_t parameter, size_t value);

#endif
