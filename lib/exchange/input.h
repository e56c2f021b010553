/*
 * A centre's CSV file becomes rows. Every value is looked at before any is
 * sealed; what is found is told by row and rule, never by value.
 */
#ifndef EXCHANGE_INPUT_H
#define EXCHANGE_INPUT_H

#include "base/progress.h"
#include "base/vec.h"
#include "exchange/row.h"
#include "io/csv.h"

/* A file that breaks one of the first group is not sealed; the others are kept and counted. */
enum exchange_rule {
	EXCHANGE_RULE_FIELDS, /* not as many fields as the first line */
	EXCHANGE_RULE_UTF8,   /* not UTF-8 */
	EXCHANGE_RULE_NO_IDACC,
	EXCHANGE_RULE_IDACC_TWICE,
	EXCHANGE_RULE_IDACC_IS_NIR, /* the subject number holds the NIR */
	EXCHANGE_RULE_TOO_LONG,
	EXCHANGE_RULE_DATE,
	EXCHANGE_RULE_SEX,
	EXCHANGE_RULE_PLACE,
	EXCHANGE_RULE_TWIN,
	EXCHANGE_RULE_EMPTY_COLUMN,
	EXCHANGE_RULE_ONE_VALUE, /* one value fills 90 % of a column, of 20 rows or more */
	EXCHANGE_RULES_FATAL,
	EXCHANGE_RULE_NIR_NONE = EXCHANGE_RULES_FATAL, /* neither own nor insured */
	EXCHANGE_RULE_NIR_KEY,
	EXCHANGE_RULE_NIR_FORM,
	EXCHANGE_RULE_NIR_ODD,
	EXCHANGE_RULE_NIR_PROVISIONAL,
	EXCHANGE_RULE_NIR_FICTITIOUS, /* emptied: such a number tells what care was given */
	EXCHANGE_RULES,
};

struct exchange_finding {
	uint64_t rows;
	uint64_t first_row;        /* from 1, the header not counted; 0: the file as a whole */
	enum exchange_field field; /* of the first */
};

struct exchange_input_report {
	uint64_t rows;
	struct exchange_finding rules[EXCHANGE_RULES];
};

struct exchange_input_options {
	const char *path;
	char separator;
	enum exchange_step step;    /* NIR, TRAITS or PSEUDONYMS */
	const char *const *columns; /* "nir=NUM_SECU": the file's own names */
	size_t column_count;
	bool allow_one_value;
	struct progress *progress;
};

/* "birth_date is no date". */
const char *exchange_rule_text(enum exchange_rule rule);

struct exchange_input;

#define AUTO_EXCHANGE_INPUT AUTO(exchange_input_close)

/*
 * Open and read the header. ERR_FORMAT when the file is empty or a column is
 * missing, ERR_DENIED when there is one that the circuit has no place for.
 */
MUST_CHECK int exchange_input_open(struct exchange_input **ret,
    const struct exchange_input_options *o, struct err *err);
void exchange_input_close(struct exchange_input **in);
/* The next row (EXCHANGE_ROW_MAX bytes of room), its findings into the report: 1, 0, -1. */
MUST_CHECK int exchange_input_next(struct exchange_input *in, unsigned char *row,
    struct exchange_input_report *report, struct err *err);
/*
 * Look at the whole file. ERR_FORMAT that names the first broken rule of the
 * fatal ones; the report is filled in any case. Memory: 16 bytes a row at most.
 */
MUST_CHECK int exchange_input_check(const struct exchange_input_options *o,
    struct exchange_input_report *report, struct err *err);

#endif
