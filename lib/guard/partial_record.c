#include "guard/partial_record.h"

enum {
	NAME_MAX_BYTES = 1 << 20,
	COLUMNS_MAX = 100000,
	COLUMN_BYTES = 50, /* at least */
	ROW_BYTES_MAX = 1 << 30,
};

static void walk_rows(struct guard_codec *c, struct guard_rows *r)
{
	guard_codec_count(c, &r->count);
	for (size_t i = 0; i < MIN(r->count, GUARD_ROWS_TOLD) && !c->bad; i++) {
		guard_codec_count(c, &r->first[i]);
		guard_codec_check(c, i == 0 || r->first[i] >= r->first[i - 1]);
	}
}

static void walk_places(struct guard_codec *c, struct guard_places *p)
{
	walk_rows(c, &p->rows);
	guard_codec_flag(c, &p->has_bytes);
	for (size_t i = 0; i < MIN(p->rows.count, GUARD_ROWS_TOLD) && !c->bad; i++)
		guard_codec_count(c, &p->at[i]);
}

static void walk_structure(struct guard_codec *c, struct guard_structure *s)
{
	struct guard_places *const places[] = {&s->blank, &s->short_rows, &s->long_rows, &s->nul,
	    &s->bad_line, &s->deep_line, &s->twice};
	uint64_t seen = s->seen, read = 0;
	int end = (int)s->end;

	guard_codec_count(c, &s->bytes);
	guard_codec_count(c, &s->rows);
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		walk_places(c, places[i]);
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		read += i == 0 || i == 4 || i == 5 ? places[i]->rows.count : 0;
	guard_codec_check(c, read <= s->rows);
	guard_codec_count(c, &s->crlf);
	guard_codec_count(c, &s->lf);
	guard_codec_number(c, &seen, 15);
	s->seen = (unsigned)seen;
	guard_codec_flag(c, &s->no_last_line_end);
	guard_codec_flag(c, &s->open_quote);
	guard_codec_flag(c, &s->cut);
	guard_codec_count(c, &s->cut_at);
	guard_codec_int(c, &end, GUARD_WHOLE, GUARD_ENDLESS);
	s->end = (enum guard_end)end;
	guard_codec_count(c, &s->deleted);
	guard_codec_count(c, &s->left_out);
	guard_codec_check(c, s->left_out <= s->deleted);
}

static void walk_names(struct guard_codec *c, struct guard_dialect *d)
{
	size_t count = d->names.len;

	guard_codec_size(c, &count, COLUMNS_MAX);
	if (guard_codec_reads(c) && !guard_codec_check(c, count <= c->in.len))
		return;
	for (size_t i = 0; i < count && !c->bad; i++) {
		struct view name = guard_codec_reads(c) ? VIEW_NONE : d->names.ptr[i];

		guard_codec_bytes(c, &name, NAME_MAX_BYTES);
		if (guard_codec_reads(c))
			*vec_push(&d->names) = arena_view(&d->arena, name);
	}
}

static void walk_dialect(struct guard_codec *c, struct guard_dialect *d)
{
	int encoding = (int)d->encoding;
	int separator = (unsigned char)d->separator, quote = (unsigned char)d->quote;

	guard_codec_int(c, &encoding, 0, GUARD_ENCODINGS - 1);
	guard_codec_int(c, &separator, 0, 255);
	guard_codec_int(c, &quote, 0, 255);
	d->encoding = (enum guard_encoding)encoding;
	d->separator = (char)separator;
	d->quote = (char)quote;
	guard_codec_flag(c, &d->has_header);
	guard_codec_flag(c, &d->is_made);
	guard_codec_flag(c, &d->is_header_doubtful);
	walk_names(c, d);
}

static void walk_buckets(struct guard_codec *c, uint64_t **buckets, uint64_t *sum)
{
	bool there = *buckets != NULL;

	guard_codec_flag(c, &there);
	if (!there || c->bad)
		return;
	if (!*buckets)
		*buckets = mem_zalloc(GUARD_BUCKETS, sizeof(**buckets));
	guard_codec_sparse(c, *buckets, GUARD_BUCKETS);
	for (size_t i = 0; i < GUARD_BUCKETS; i++)
		*sum += (*buckets)[i];
}

static void walk_numbers(struct guard_codec *c, struct guard_quantiles *q)
{
	uint64_t sum = 0;

	guard_codec_count(c, &q->count);
	if (!q->count)
		return;
	guard_codec_count(c, &q->zero);
	walk_buckets(c, &q->below, &sum);
	walk_buckets(c, &q->above, &sum);
	guard_codec_double(c, &q->min);
	guard_codec_double(c, &q->max);
	guard_codec_check(c, sum + q->zero == q->count && q->min <= q->max);
}

static void walk_days(struct guard_codec *c, struct guard_column *column)
{
	uint64_t sum = 0, days = 0;

	for (int i = GUARD_DATE; i <= GUARD_DATE_TIME; i++)
		days += column->forms[i];
	if (!days || c->bad)
		return;
	if (!column->months)
		column->months = mem_zalloc(GUARD_MONTHS, sizeof(*column->months));
	guard_codec_sparse(c, column->months, GUARD_MONTHS);
	for (size_t i = 0; i < GUARD_MONTHS; i++)
		sum += column->months[i];
	guard_codec_check(c, sum == days);
	guard_codec_int(c, &column->day_min, date_from_civil(1880, 1, 1),
	    date_from_civil(2100, 12, 31));
	guard_codec_int(c, &column->day_max, column->day_min, date_from_civil(2100, 12, 31));
}

static void walk_value(struct guard_codec *c, struct guard_value *v, struct guard_value_text *t)
{
	struct view text = {t->text, t->len};
	bool masked = t->is_masked, first_name = t->is_first_name;

	guard_codec_number(c, &v->hash, UINT64_MAX);
	guard_codec_count(c, &v->count);
	guard_codec_count(c, &v->first_row);
	guard_codec_flag(c, &masked);
	guard_codec_flag(c, &first_name);
	guard_codec_bytes(c, &text, GUARD_DISTINCT_TEXT);
	guard_codec_check(c, v->hash != 0 && v->count != 0);
	if (!guard_codec_reads(c))
		return;
	*t = (struct guard_value_text){.len = (uint8_t)(text.len & GUARD_DISTINCT_TEXT),
	    .is_masked = masked,
	    .is_first_name = first_name};
	if (text.len)
		memcpy(t->text, text.ptr, text.len);
}

/* By their hash: the same bytes whatever came first. */
static int by_hash(const void *a, const void *b)
{
	const struct guard_value *x = *(const struct guard_value *const *)a;
	const struct guard_value *y = *(const struct guard_value *const *)b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void write_values(struct guard_codec *c, const struct guard_distinct *d)
{
	const struct guard_value **sorted = guard_distinct_sorted(d);

	qsort(sorted, d->kept, sizeof(*sorted), by_hash);
	for (size_t i = 0; i < d->kept; i++) {
		struct guard_value v = *sorted[i];
		struct guard_value_text t = d->texts[sorted[i] - d->slots];

		walk_value(c, &v, &t);
	}
	free(sorted);
}

static void read_values(struct guard_codec *c, struct guard_distinct *d, size_t count,
    uint64_t present)
{
	uint64_t last = 0, sum = 0;

	for (size_t i = 0; i < count && !c->bad; i++) {
		struct guard_value v = {0};
		struct guard_value_text t = {0};

		walk_value(c, &v, &t);
		sum += v.count;
		if (guard_codec_check(c, v.hash > last && guard_distinct_wants(d, v.hash)))
			guard_distinct_put(d, &v, &t);
		last = v.hash;
	}
	guard_codec_check(c, d->level ? sum <= present : sum == present);
}

static void walk_values(struct guard_codec *c, struct guard_distinct *d, uint64_t present)
{
	size_t count = d->kept;

	guard_codec_size(c, &d->max, 4096);
	guard_codec_int(c, &d->level, 0, 63);
	guard_codec_size(c, &count, d->max);
	if (guard_codec_reads(c))
		read_values(c, d, count, present);
	else
		write_values(c, d);
}

void guard_record_column(struct guard_codec *c, struct guard_column *column)
{
	uint64_t *const counts[] = {&column->bytes, &column->high, &column->control,
	    &column->padded, &column->invalid_utf8};
	uint64_t forms = 0, numbers = 0, present = 0;

	guard_codec_count(c, &column->cells);
	for (int i = 0; i < GUARD_FORMS; i++) {
		guard_codec_count(c, &column->forms[i]);
		forms += column->forms[i];
		present += guard_form_is_missing((enum guard_form)i) ? 0 : column->forms[i];
		numbers += guard_form_is_number((enum guard_form)i) ? column->forms[i] : 0;
	}
	guard_codec_check(c, forms == column->cells);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		guard_codec_count(c, counts[i]);
	if (present) {
		guard_codec_size(c, &column->length_min, ROW_BYTES_MAX);
		guard_codec_size(c, &column->length_max, ROW_BYTES_MAX);
	}
	for (int i = 0; i <= GUARD_DECIMALS_MAX; i++)
		guard_codec_count(c, &column->decimals[i]);
	walk_days(c, column);
	walk_numbers(c, &column->numbers);
	guard_codec_check(c, column->numbers.count == numbers);
	walk_values(c, &column->values, present);
	for (int i = 0; i < GUARD_DETECTORS; i++) {
		walk_rows(c, &column->detected[i]);
		guard_codec_check(c, column->detected[i].count <= present);
	}
}

/* By their keys: the same bytes whatever came first. */
static void write_tally(struct guard_codec *c, const struct guard_tally *t)
{
	size_t n;
	struct guard_tally_slot *sorted = guard_tally_sorted(t, &n);

	for (size_t i = 0; i < n; i++) {
		guard_codec_number(c, &sorted[i].key, UINT64_MAX);
		guard_codec_count(c, &sorted[i].count);
	}
	free(sorted);
}

static void walk_tally(struct guard_codec *c, struct guard_tally *t)
{
	size_t kept = t->kept;

	guard_codec_size(c, &t->max, GUARD_CODEC_COUNT);
	guard_codec_int(c, &t->level, 0, 63);
	guard_codec_size(c, &kept, t->max);
	if (!guard_codec_reads(c))
		write_tally(c, t);
	for (size_t i = 0; guard_codec_reads(c) && i < kept && !c->bad; i++) {
		struct guard_tally_slot s = {0};

		guard_codec_number(c, &s.key, UINT64_MAX);
		guard_codec_count(c, &s.count);
		if (guard_codec_check(c, s.key && s.count && guard_tally_keeps(t, s.key)))
			guard_tally_add_times(t, s.key, s.count);
	}
}

static void walk_risk(struct guard_codec *c, struct guard_partial *p)
{
	size_t columns = p->csv.dialect.names.len;

	guard_codec_size(c, &p->risk.count, MIN((size_t)GUARD_RISK_VARIABLES, columns));
	for (size_t i = 0; i < p->risk.count; i++)
		guard_codec_size(c, &p->risk.variables[i], columns - 1);
	for (size_t i = 0; p->risk.count && i <= p->risk.count; i++)
		walk_tally(c, &p->tallies[i]);
}

static void walk_diversity(struct guard_codec *c, struct guard_partial *p)
{
	struct guard_diversity *d = &p->diversity;
	size_t columns = p->csv.dialect.names.len;

	guard_codec_size(c, &d->count, MIN((size_t)GUARD_DIVERSITY_ATTRIBUTES, columns));
	for (size_t i = 0; i < d->count && !c->bad; i++)
		guard_codec_size(c, &d->attributes[i].column, columns - 1);
	for (size_t i = 0; i < d->count; i++)
		walk_tally(c, &p->pairs[i]);
}

static void walk_column_of(struct guard_codec *c, int *column, size_t columns)
{
	guard_codec_int(c, column, GUARD_NO_COLUMN, (int)columns - 1);
}

static void walk_roles(struct guard_codec *c, struct guard_roles *r, size_t columns)
{
	walk_column_of(c, &r->day, columns);
	walk_column_of(c, &r->year, columns);
	walk_column_of(c, &r->month, columns);
	guard_codec_check(c, (r->year == GUARD_NO_COLUMN) == (r->month == GUARD_NO_COLUMN) &&
				 (r->day == GUARD_NO_COLUMN || r->year == GUARD_NO_COLUMN));
	walk_column_of(c, &r->site, columns);
	guard_codec_size(c, &r->measure_count, GUARD_MEASURES);
	for (size_t i = 0; i < r->measure_count && !c->bad; i++) {
		struct guard_measure *m = &r->measures[i];

		walk_column_of(c, &m->value, columns);
		walk_column_of(c, &m->unit, columns);
		walk_column_of(c, &m->measured, columns);
		guard_codec_check(c, m->value != GUARD_NO_COLUMN && m->unit != GUARD_NO_COLUMN);
	}
}

static void walk_joint(struct guard_codec *c, struct guard_csv *csv)
{
	walk_roles(c, &csv->roles, csv->dialect.names.len);
	walk_tally(c, &csv->joint.months);
	walk_tally(c, &csv->joint.sites);
	walk_tally(c, &csv->joint.units);
}

static void walk_kinds(struct guard_codec *c, struct guard_csv *csv)
{
	bool there = csv->kinds != NULL;

	guard_codec_flag(c, &there);
	if (!there || c->bad)
		return;
	if (!csv->kinds)
		csv->kinds = mem_zalloc(csv->dialect.names.len + 1, sizeof(*csv->kinds));
	for (size_t i = 0; i < csv->dialect.names.len; i++)
		for (int k = 0; k < JSON_LINE_KINDS; k++)
			guard_codec_count(c, &csv->kinds[i].count[k]);
}

static void walk_columns(struct guard_codec *c, struct guard_csv *csv)
{
	size_t count = csv->dialect.names.len;

	if (guard_codec_reads(c)) {
		if (!guard_codec_check(c, count <= c->in.len / COLUMN_BYTES))
			return;
		csv->columns = mem_zalloc(count + 1, sizeof(*csv->columns));
		for (size_t i = 0; i < count; i++)
			guard_column_init(&csv->columns[i], 0);
	}
	for (size_t i = 0; i < count; i++) {
		guard_record_column(c, &csv->columns[i]);
		guard_codec_check(c, csv->columns[i].cells <= csv->structure.rows);
	}
}

void guard_record_walk(struct guard_codec *c, struct guard_partial *p)
{
	int format = (int)p->csv.format;

	guard_codec_number(c, &p->number, 1000000);
	guard_codec_flag(c, &p->structure_only);
	guard_codec_int(c, &format, 0, GUARD_FORMATS - 1);
	p->csv.format = (enum guard_format)format;
	walk_structure(c, &p->csv.structure);
	walk_dialect(c, &p->csv.dialect);
	walk_columns(c, &p->csv);
	walk_tally(c, &p->csv.rows);
	guard_codec_check(c, p->csv.rows.max == GUARD_ROWS_TALLIED);
	if (c->bad)
		return;
	walk_joint(c, &p->csv);
	walk_kinds(c, &p->csv);
	walk_risk(c, p);
	walk_diversity(c, p);
}
