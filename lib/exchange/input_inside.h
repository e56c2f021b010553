/* What reading and checking of input files share. */
#ifndef EXCHANGE_INPUT_INSIDE_H
#define EXCHANGE_INPUT_INSIDE_H

#include "exchange/input.h"

struct exchange_input {
	struct exchange_input_options options;
	struct csv_reader *csv;
	size_t width;                     /* fields of the header */
	size_t column[EXCHANGE_FIELDS];   /* from 1; 0: the file has none */
	bool is_watched[EXCHANGE_FIELDS]; /* one value everywhere is suspect */
	bool is_required[EXCHANGE_FIELDS];
};

/* Count a finding; row 0 is the file as a whole. */
void exchange_input_tell(struct exchange_input_report *r, enum exchange_rule rule, uint64_t row,
    enum exchange_field field);
/* The field of the current record, without blanks at its ends. */
struct view exchange_input_value(const struct exchange_input *in, enum exchange_field field);

#endif
