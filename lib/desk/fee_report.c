#include "desk/fee_report.h"

#include <inttypes.h>

static void add_cents(struct report *r, struct report_table *t, int64_t cents)
{
	AUTO_STR struct str text = {0};

	desk_cents_text(cents, &text);
	report_add_cell(r, t, "%s", str_get(&text));
}

static void add_sum(struct report *r, const char *key, const char *label, int64_t cents,
    const char *currency)
{
	AUTO_STR struct str text = {0};

	desk_cents_text(cents, &text);
	report_add_fact(r, key, label, "%s %s", str_get(&text), currency);
}

static void add_line(struct report *r, struct report_table *t, const struct desk_fee_line *l)
{
	report_add_cell(r, t, "%s", l->component ? l->component->label.in[0] : "Holder's part");
	report_add_cell(r, t, "%s", l->holder ? l->holder : "body");
	report_add_cell(r, t, "%s", l->price ? l->price->unit : "as estimated by the holder");
	report_add_cell(r, t, "%" PRId64, l->quantity);
	add_cents(r, t, l->price ? l->price->cents : l->net);
	add_cents(r, t, l->gross);
	add_cents(r, t, l->deducted);
	add_cents(r, t, l->net);
	report_add_cell(r, t, "%s%s%s", l->reference, l->deduction ? "; deduction: " : "",
	    l->deduction ? l->deduction->reference : "");
}

static void add_lines(struct report *r, const struct desk_bill *b)
{
	static const struct report_column columns[] = {
	    {"what", "What", REPORT_TEXT},
	    {"paid_to", "Paid to", REPORT_TEXT},
	    {"unit", "Unit", REPORT_TEXT},
	    {"quantity", "Quantity", REPORT_COUNT},
	    {"price", "Price", REPORT_NUMBER},
	    {"gross", "Amount", REPORT_NUMBER},
	    {"deducted", "Deduction", REPORT_NUMBER},
	    {"net", "To pay", REPORT_NUMBER},
	    {"reference", "Reference", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "lines", "Lines",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	for (size_t i = 0; i < b->lines.len; i++)
		add_line(r, t, &b->lines.ptr[i]);
}

/* Who gets what of the single invoice. */
static void add_parts(struct report *r, const struct desk_bill *b)
{
	static const struct report_column columns[] = {
	    {"paid_to", "Paid to", REPORT_TEXT},
	    {"net", "To pay", REPORT_NUMBER},
	};
	struct report_table *t =
	    report_add_table(r, "parts", "Parts", REPORT_SHOWN, columns, ARRAY_LEN(columns));

	report_add_cell(r, t, "Health data access body");
	add_cents(r, t, b->body);
	for (size_t i = 0; i < b->lines.len; i++) {
		if (!b->lines.ptr[i].holder)
			continue;
		report_add_cell(r, t, "%s, by the body", b->lines.ptr[i].holder);
		add_cents(r, t, b->lines.ptr[i].net);
	}
	report_add_cell(r, t, "Total");
	add_cents(r, t, b->total);
}

struct report *desk_bill_report(const struct desk_bill *b)
{
	static const char *const titles[DESK_FEE_STAGES] = {"Estimate of fees",
	    "Fees of a withdrawn application", "Invoice"};
	static const char *const ledes[DESK_FEE_STAGES] = {
	    "To be told before the decision; the applicant may withdraw (Art. 62(5)).",
	    "Only costs that had already been incurred are charged (Art. 62(5)).",
	    "One invoice; the holders' parts are paid on to them (Art. 62(2))."};
	struct report *r = report_new(titles[b->stage], ledes[b->stage]);
	char day[DATE_TEXT_SIZE];

	if (*b->reference)
		report_add_fact(r, "reference", "Application", "%s", b->reference);
	report_add_fact(r, "tariff", "Tariff", "%s", b->tariff->title.in[0]);
	report_add_fact(r, "date", "Prices of", "%s", date_format(b->date, day));
	report_add_fact(r, "class", "Applicant", "%s", desk_class_names[b->class]);
	add_sum(r, "total", "Total", b->total, b->tariff->currency);
	if (b->stage != DESK_ESTIMATE)
		add_sum(r, "estimate", "The estimate was", b->estimate, b->tariff->currency);
	add_lines(r, b);
	add_parts(r, b);
	if (b->tariff->example)
		report_add_note(r, "This tariff is an example: nobody charges these prices.");
	if (b->tariff->notice.in[0])
		report_add_note(r, "%s", b->tariff->notice.in[0]);
	return r;
}
