/*
 * Fees (Regulation (EU) 2025/327, Art. 62): a tariff is a data file, a request
 * says quantities, and the bill is whole cents all the way.
 *
 *   tariff   {component, unit, class, cents, from, to, reference}...
 *            {class, components, per_mille, from, to, reference}...  deductions
 *   request  {date, class, stage, quantities, holders}
 *
 * Estimate: what would be charged, told before the decision (62(5)). Withdrawal:
 * only what has already been incurred (62(5)). Invoice: one for all, with the
 * holders' parts, which are paid on to them (62(2)). A holder's part is the
 * holder's own estimate in cents: no tariff, no deduction.
 *
 *   gross = cents * quantity; deduction = round half up(gross * per_mille / 1000)
 */
#ifndef DESK_FEE_H
#define DESK_FEE_H

#include "base/vec.h"
#include "desk/form.h"
#include "io/json_in.h"

enum {
	DESK_CENTS_MAX = 1000000000, /* of one price or one holder's part: 10 million */
	DESK_QUANTITY_MAX = 1000000,
	DESK_FEE_LINES_MAX = 400,
};

enum desk_applicant_class {
	DESK_CLASS_STANDARD,
	DESK_CLASS_PUBLIC_BODY, /* with a mandate in public health */
	DESK_CLASS_UNIVERSITY,
	DESK_CLASS_MICROENTERPRISE,
	DESK_CLASSES
};
extern const char *const desk_class_names[DESK_CLASSES];

struct desk_price {
	size_t component;
	const char *unit;
	int class; /* DESK_CLASSES: any */
	int64_t cents;
	date_t from, to; /* both days within; DATE_NONE: open */
	const char *reference;
};

struct desk_deduction {
	int class;
	const size_t *components; /* NULL: all */
	size_t component_count;
	int per_mille;
	date_t from, to;
	const char *reference;
};

struct desk_component {
	const char *id;
	struct json_words label;
};

struct desk_tariff {
	const char *id;
	struct json_words title, notice;
	bool example; /* nobody's tariff: says so on every result */
	const char *currency;
	VEC(struct desk_component)
	components;
	VEC(struct desk_price)
	prices;
	VEC(struct desk_deduction)
	deductions;
	struct arena memory;
};

#define AUTO_DESK_TARIFF AUTO(desk_tariff_clear)

/* ERR_FORMAT with the place; also when two prices hold for the same day, component and class. */
MUST_CHECK int desk_tariff_parse(struct desk_tariff *ret, const char *name, struct view text,
    struct err *err);
void desk_tariff_clear(struct desk_tariff *t);

enum desk_fee_stage {
	DESK_ESTIMATE,
	DESK_WITHDRAWAL,
	DESK_INVOICE,
	DESK_FEE_STAGES
};
extern const char *const desk_fee_stage_names[DESK_FEE_STAGES];

struct desk_fee_line {
	const struct desk_component *component; /* NULL: a holder's part */
	const struct desk_price *price;         /* idem */
	const struct desk_deduction *deduction; /* NULL: none */
	const char *holder;                     /* NULL: of the body */
	const char *reference;
	int64_t quantity;
	int64_t estimated; /* quantity, or cents of a holder, that the estimate said */
	int64_t gross, deducted, net;
};

struct desk_bill {
	const struct desk_tariff *tariff; /* borrowed */
	const char *reference;            /* the request's own, "" without */
	date_t date;
	enum desk_applicant_class class;
	enum desk_fee_stage stage;
	VEC(struct desk_fee_line)
	lines;
	int64_t body, holders, total; /* net; body + holders = total */
	int64_t estimate;             /* what the estimate came to */
	struct arena memory;
};

#define AUTO_DESK_BILL AUTO(desk_bill_clear)

/* ERR_FORMAT with the place in the request: unknown component, no price on that day. */
MUST_CHECK int desk_bill_make(struct desk_bill *ret, const struct desk_tariff *t,
    const char *name, struct view request, struct err *err);
void desk_bill_clear(struct desk_bill *b);
/* "1234.05": exact, for programs and for people. */
void desk_cents_text(int64_t cents, struct str *out);
/* For people: "3,600.00 EUR", "3 600,00 EUR" (no line breaks within). */
void desk_money_text(int64_t cents, const char *currency, enum desk_language language,
    struct str *out);

#endif
