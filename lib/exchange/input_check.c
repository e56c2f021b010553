/*
 * One pass counts and collects a 64-bit hash of every subject number. Equal
 * hashes and suspect columns are then settled by reading the file again, so
 * that what is told is exact, in 16 bytes a row at most.
 */
#include "base/hash.h"
#include "exchange/input_inside.h"

#include <stdlib.h>

enum { ONE_VALUE_ROWS = 20 };

/* Boyer and Moore's majority vote: the only value that can fill more than half. */
struct vote {
	uint64_t value;
	uint64_t lead;
	uint64_t filled;
};

struct watch {
	struct exchange_input *in;
	const struct exchange_input_options *options;
	struct exchange_input_report *report;
	VEC(uint64_t) hashes;
	struct vote votes[EXCHANGE_FIELDS];
};

static const char *const texts[EXCHANGE_RULES] = {
    [EXCHANGE_RULE_FIELDS] = "not as many fields as the first line",
    [EXCHANGE_RULE_UTF8] = "is not UTF-8",
    [EXCHANGE_RULE_NO_IDACC] = "is empty",
    [EXCHANGE_RULE_IDACC_TWICE] = "stands there twice",
    [EXCHANGE_RULE_IDACC_IS_NIR] = "holds the NIR: a subject number must tell nothing",
    [EXCHANGE_RULE_TOO_LONG] = "is longer than the row has room for",
    [EXCHANGE_RULE_DATE] = "is no date",
    [EXCHANGE_RULE_SEX] = "is none of 1 2 M F H, 0 9 I U, or empty",
    [EXCHANGE_RULE_PLACE] = "is no INSEE code of five characters",
    [EXCHANGE_RULE_TWIN] = "is no digit",
    [EXCHANGE_RULE_EMPTY_COLUMN] = "is empty in every row",
    [EXCHANGE_RULE_ONE_VALUE] = "has one value in 90 % of the rows or more",
    [EXCHANGE_RULE_NIR_NONE] = "is empty, and no insured's either",
    [EXCHANGE_RULE_NIR_KEY] = "has a wrong key",
    [EXCHANGE_RULE_NIR_FORM] = "is no NIR",
    [EXCHANGE_RULE_NIR_ODD] = "has a month of an incomplete birth record",
    [EXCHANGE_RULE_NIR_PROVISIONAL] = "is provisional, or of a passing migrant",
    [EXCHANGE_RULE_NIR_FICTITIOUS] = "is fictitious, emptied",
};

const char *exchange_rule_text(enum exchange_rule rule)
{
	return texts[rule];
}

static enum exchange_field id_field(const struct watch *w)
{
	return w->options->step == EXCHANGE_PSEUDONYMS ? EXCHANGE_F_PSEUDONYM : EXCHANGE_F_IDACC;
}

static void vote(struct vote *v, struct view value)
{
	uint64_t hash = hash_xxh3(value);

	v->filled++;
	if (v->lead == 0)
		v->value = hash;
	v->lead = v->value == hash ? v->lead + 1 : v->lead - 1;
}

static void look_at(struct watch *w)
{
	if (csv_count(w->in->csv) != w->in->width)
		return;
	*vec_push(&w->hashes) = hash_xxh3(exchange_input_value(w->in, id_field(w)));
	for (int f = 0; f < EXCHANGE_FIELDS; f++) {
		struct view value = exchange_input_value(w->in, (enum exchange_field)f);

		if (value.len && w->in->is_watched[f])
			vote(&w->votes[f], value);
		else if (value.len)
			w->votes[f].filled++;
	}
}

MUST_CHECK static int read_all(struct watch *w, struct err *err)
{
	unsigned char row[EXCHANGE_ROW_MAX];
	int rc;

	while ((rc = exchange_input_next(w->in, row, w->report, err)) > 0) {
		look_at(w);
		progress_add(w->options->progress, 1);
	}
	if (rc == 0 && w->report->rows == 0)
		return err_set(err, ERR_FORMAT, "%s: holds a header and no row",
		    w->options->path);
	return rc;
}

static int compare_u64(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa;
	uint64_t b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

/*
 * Read again: where are the rows whose subject number hashes to `hash`, and are
 * two of them equal? The row of the second into *ret, 0 when all differ.
 */
MUST_CHECK static int find_twice(const struct watch *w, uint64_t hash, uint64_t *ret,
    struct err *err)
{
	AUTO_EXCHANGE_INPUT struct exchange_input *in = NULL;
	AUTO_STR struct str first = {0};
	struct exchange_input_report ignored = {0};
	unsigned char row[EXCHANGE_ROW_MAX];
	int rc;

	*ret = 0;
	if (exchange_input_open(&in, w->options, err) < 0)
		return -1;
	while ((rc = exchange_input_next(in, row, &ignored, err)) > 0) {
		struct view id = csv_count(in->csv) == in->width
		                     ? exchange_input_value(in, id_field(w))
		                     : VIEW_NONE;

		if (id.len == 0 || hash_xxh3(id) != hash)
			continue;
		if (first.len && view_eq(str_view(&first), id)) {
			*ret = ignored.rows;
			return 0;
		}
		if (!first.len)
			str_add(&first, id);
	}
	return rc;
}

MUST_CHECK static int check_twice(struct watch *w, struct err *err)
{
	uint64_t empty = hash_xxh3(VIEW_LIT(""));
	uint64_t *h = w->hashes.ptr;
	uint64_t row = 0;

	if (w->hashes.len)
		qsort(h, w->hashes.len, sizeof(*h), compare_u64);
	for (size_t i = 1; i < w->hashes.len; i++) {
		if (h[i] != h[i - 1] || h[i] == empty)
			continue;
		if (row == 0 && find_twice(w, h[i], &row, err) < 0)
			return -1;
		if (row)
			exchange_input_tell(w->report, EXCHANGE_RULE_IDACC_TWICE, row,
			    id_field(w));
	}
	return 0;
}

/* Exactly how many rows have the value that the vote points at. */
MUST_CHECK static int count_value(const struct watch *w, enum exchange_field field,
    uint64_t *ret, struct err *err)
{
	AUTO_EXCHANGE_INPUT struct exchange_input *in = NULL;
	struct exchange_input_report ignored = {0};
	unsigned char row[EXCHANGE_ROW_MAX];
	int rc;

	*ret = 0;
	if (exchange_input_open(&in, w->options, err) < 0)
		return -1;
	while ((rc = exchange_input_next(in, row, &ignored, err)) > 0)
		*ret += csv_count(in->csv) == in->width &&
		        hash_xxh3(exchange_input_value(in, field)) == w->votes[field].value;
	return rc;
}

MUST_CHECK static int check_columns(struct watch *w, struct err *err)
{
	for (int f = 0; f < EXCHANGE_FIELDS; f++) {
		const struct vote *v = &w->votes[f];
		uint64_t count;

		if (!w->in->column[f])
			continue;
		if (v->filled == 0 && (w->in->is_required[f] || w->in->is_watched[f]))
			exchange_input_tell(w->report, EXCHANGE_RULE_EMPTY_COLUMN, 0,
			    (enum exchange_field)f);
		if (w->options->allow_one_value || w->report->rows < ONE_VALUE_ROWS ||
		    v->lead * 10 < w->report->rows * 8)
			continue;
		if (count_value(w, (enum exchange_field)f, &count, err) < 0)
			return -1;
		if (count * 10 >= w->report->rows * 9)
			exchange_input_tell(w->report, EXCHANGE_RULE_ONE_VALUE, 0,
			    (enum exchange_field)f);
	}
	return 0;
}

/* The broken rule whose first row comes first is told, the number of the others with it. */
MUST_CHECK static int verdict(const struct exchange_input_options *o,
    const struct exchange_input_report *r, struct err *err)
{
	const struct exchange_finding *first = NULL;
	AUTO_FREE char *place = NULL;
	AUTO_FREE char *more = NULL;
	int broken = 0;

	for (int i = 0; i < EXCHANGE_RULES_FATAL; i++) {
		const struct exchange_finding *f = &r->rules[i];

		broken += f->rows > 0;
		/* what is true of the file as a whole comes last: 0 - 1 is the largest */
		if (f->rows && (!first || f->first_row - 1 < first->first_row - 1))
			first = f;
	}
	if (!first)
		return 0;
	place = first->first_row ? str_format("row %llu: ", (unsigned long long)first->first_row)
	                         : mem_strdup("");
	more = first->rows > 1 ? str_format(" (%llu times)", (unsigned long long)first->rows)
	                       : mem_strdup("");
	(void)err_set(err, ERR_FORMAT, "%s: %s%s%s%s%s", o->path, place,
	    first == &r->rules[EXCHANGE_RULE_FIELDS] ? "" : exchange_field_name(first->field),
	    first == &r->rules[EXCHANGE_RULE_FIELDS] ? "" : " ",
	    texts[first - r->rules], more);
	if (broken > 1)
		return err_hint(err, "%d more rules are broken; nothing was sealed", broken - 1);
	if (first == &r->rules[EXCHANGE_RULE_ONE_VALUE])
		return err_hint(err, "if that is right: --allow-one-value");
	return err_hint(err, "rows are counted without the first line; nothing was sealed");
}

int exchange_input_check(const struct exchange_input_options *o,
    struct exchange_input_report *report, struct err *err)
{
	struct watch w = {.options = o, .report = report};
	int rc = -1;

	*report = (struct exchange_input_report){0};
	if (exchange_input_open(&w.in, o, err) == 0 && read_all(&w, err) == 0 &&
	    check_twice(&w, err) == 0 && check_columns(&w, err) == 0)
		rc = verdict(o, report, err);
	vec_clear(&w.hashes);
	exchange_input_close(&w.in);
	return rc;
}
