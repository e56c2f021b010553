#include "exchange/input_inside.h"

#include "health/birth_date.h"
#include "health/nir.h"

struct column_rule {
	enum exchange_field field;
	bool required;
	bool watched; /* one value everywhere is suspect */
};

enum { COLUMNS_MAX = 7 };

static const struct column_rule of_nir[] = {{EXCHANGE_F_IDACC, true, false},
    {EXCHANGE_F_OWN, false, true}, {EXCHANGE_F_INSURED, false, true},
    {EXCHANGE_F_BIRTH_DATE, false, true}, {EXCHANGE_F_SEX, false, false},
    {EXCHANGE_F_TWIN, false, false}};
static const struct column_rule of_traits[] = {{EXCHANGE_F_IDACC, true, false},
    {EXCHANGE_F_BIRTH_NAME, true, true}, {EXCHANGE_F_USED_NAME, false, true},
    {EXCHANGE_F_GIVEN_NAMES, true, true}, {EXCHANGE_F_BIRTH_DATE, true, true},
    {EXCHANGE_F_SEX, true, false}, {EXCHANGE_F_BIRTH_PLACE, false, false}};
static const struct column_rule of_pseudonyms[] = {{EXCHANGE_F_PSEUDONYM, true, false}};

static size_t rules_of(enum exchange_step step, const struct column_rule **ret)
{
	if (step == EXCHANGE_TRAITS) {
		*ret = of_traits;
		return ARRAY_LEN(of_traits);
	}
	*ret = step == EXCHANGE_NIR ? of_nir : of_pseudonyms;
	return step == EXCHANGE_NIR ? ARRAY_LEN(of_nir) : ARRAY_LEN(of_pseudonyms);
}

/* The field a column is called after, by its own name or by --column; -1: none. */
static int field_of(const struct exchange_input_options *o, const struct column_rule *rules,
    size_t count, struct view column)
{
	for (size_t i = 0; i < o->column_count; i++) {
		struct view rest = VIEW(o->columns[i]);
		struct view field;

		if (view_next(&rest, '=', &field) && view_eq_nocase(rest, column))
			column = field;
	}
	for (size_t i = 0; i < count; i++)
		if (view_eq_nocase(VIEW(exchange_field_name(rules[i].field)), column))
			return (int)i;
	return -1;
}

MUST_CHECK static int check_columns(const struct exchange_input *in,
    const struct column_rule *rules, size_t count, struct err *err)
{
	const char *path = in->options.path;
	bool has_insured = in->column[EXCHANGE_F_INSURED] > 0;

	for (size_t i = 0; i < count; i++) {
		enum exchange_field f = rules[i].field;
		bool needed = rules[i].required || (has_insured && (f == EXCHANGE_F_BIRTH_DATE ||
								       f == EXCHANGE_F_SEX));

		if (needed && !in->column[f]) {
			(void)err_set(err, ERR_FORMAT, "%s: column '%s' is missing", path,
			    exchange_field_name(f));
			return err_hint(err, "name it in the first line, or --column %s=ITS_NAME",
			    exchange_field_name(f));
		}
	}
	if (in->options.step == EXCHANGE_NIR && !has_insured && !in->column[EXCHANGE_F_OWN])
		return err_set(err, ERR_FORMAT,
		    "%s: neither column 'nir' nor 'nir_insured' is there", path);
	return 0;
}

/* Names of columns may be values of persons where the header is missing: never quoted. */
MUST_CHECK static int read_header(struct exchange_input *in, struct err *err)
{
	const struct column_rule *rules;
	size_t count = rules_of(in->options.step, &rules);
	int rc = csv_next(in->csv, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_FORMAT, "%s: is empty", in->options.path);
	in->width = csv_count(in->csv);
	for (size_t i = 0; i < in->width; i++) {
		int at = field_of(&in->options, rules, count, view_trim(csv_field(in->csv, i)));

		if (at < 0) {
			(void)err_set(err, ERR_DENIED, "%s: column %zu is none that the step "
						       "'%s' may carry",
			    in->options.path, i + 1,
			    exchange_step_name(in->options.step));
			return err_hint(err, "take it out, or say what it is: --column FIELD=NAME; "
					     "health data never travel with identities");
		}
		if (in->column[rules[at].field])
			return err_set(err, ERR_FORMAT, "%s: column '%s' stands there twice",
			    in->options.path, exchange_field_name(rules[at].field));
		in->column[rules[at].field] = i + 1;
		in->is_watched[rules[at].field] = rules[at].watched;
		in->is_required[rules[at].field] = rules[at].required;
	}
	return check_columns(in, rules, count, err);
}

int exchange_input_open(struct exchange_input **ret, const struct exchange_input_options *o,
    struct err *err)
{
	AUTO_EXCHANGE_INPUT struct exchange_input *in = mem_zalloc(1, sizeof(*in));

	in->options = *o;
	if (csv_open(&in->csv, o->path, o->separator, err) < 0 || read_header(in, err) < 0)
		return -1;
	*ret = TAKE(in);
	return 0;
}

void exchange_input_close(struct exchange_input **in)
{
	if (!*in)
		return;
	csv_close(&(*in)->csv);
	free(TAKE(*in));
}

void exchange_input_tell(struct exchange_input_report *r, enum exchange_rule rule, uint64_t row,
    enum exchange_field field)
{
	if (r->rules[rule].rows++ == 0) {
		r->rules[rule].first_row = row;
		r->rules[rule].field = field;
	}
}

struct view exchange_input_value(const struct exchange_input *in, enum exchange_field field)
{
	size_t column = in->column[field];

	return column ? view_trim(csv_field(in->csv, column - 1)) : VIEW_NONE;
}

/* What is being made: the row and where its findings go. */
struct making {
	struct exchange_input *in;
	struct exchange_input_report *report;
	unsigned char *row;
};

static void tell(const struct making *m, enum exchange_rule rule, enum exchange_field field)
{
	exchange_input_tell(m->report, rule, m->report->rows, field);
}

static void set(const struct making *m, enum exchange_field field, struct view value)
{
	enum exchange_step step = m->in->options.step;

	if (value.len > exchange_field_size(step, field))
		tell(m, EXCHANGE_RULE_TOO_LONG, field);
	else
		exchange_row_set(step, m->row, field, value);
}

static void set_text(const struct making *m, enum exchange_field field)
{
	struct view value = exchange_input_value(m->in, field);

	if (!view_is_utf8(value))
		tell(m, EXCHANGE_RULE_UTF8, field);
	else
		set(m, field, value);
}

static void set_date(const struct making *m)
{
	struct view value = exchange_input_value(m->in, EXCHANGE_F_BIRTH_DATE);
	char text[BIRTH_TEXT_SIZE];
	struct birth_date date;

	if (value.len == 0)
		return;
	if (!birth_date_parse(value, &date))
		tell(m, EXCHANGE_RULE_DATE, EXCHANGE_F_BIRTH_DATE);
	else
		set(m, EXCHANGE_F_BIRTH_DATE, VIEW(birth_date_format(date, text)));
}

/* 1 or 2, M or F, H; empty and 0, 9, I, U are unknown. */
static void set_sex(const struct making *m)
{
	struct view value = exchange_input_value(m->in, EXCHANGE_F_SEX);
	char c = value.len == 1 ? value.ptr[0] : '?';

	if (value.len == 0 || strchr("09IUiu", c))
		return;
	if (strchr("1MHmh", c))
		set(m, EXCHANGE_F_SEX, VIEW_LIT("1"));
	else if (strchr("2Ff", c))
		set(m, EXCHANGE_F_SEX, VIEW_LIT("2"));
	else
		tell(m, EXCHANGE_RULE_SEX, EXCHANGE_F_SEX);
}

static void set_place(const struct making *m)
{
	struct view value = exchange_input_value(m->in, EXCHANGE_F_BIRTH_PLACE);
	char code[5];
	bool valid = value.len == sizeof(code);

	if (value.len == 0)
		return;
	for (size_t i = 0; valid && i < sizeof(code); i++) {
		char c = value.ptr[i];

		code[i] = c == 'a' || c == 'b' ? (char)(c - 32) : c;
		valid = (code[i] >= '0' && code[i] <= '9') ||
		        (i == 1 && (code[i] == 'A' || code[i] == 'B'));
	}
	if (!valid)
		tell(m, EXCHANGE_RULE_PLACE, EXCHANGE_F_BIRTH_PLACE);
	else
		set(m, EXCHANGE_F_BIRTH_PLACE, (struct view){code, sizeof(code)});
}

static void set_twin(const struct making *m)
{
	struct view value = exchange_input_value(m->in, EXCHANGE_F_TWIN);

	if (value.len == 0)
		return;
	if (value.len != 1 || value.ptr[0] < '0' || value.ptr[0] > '9')
		tell(m, EXCHANGE_RULE_TWIN, EXCHANGE_F_TWIN);
	else if (value.ptr[0] != '0')
		set(m, EXCHANGE_F_TWIN, value);
}

static enum exchange_nir_class class_of(const struct nir *nir, enum nir_fault fault)
{
	if (fault == NIR_WRONG_KEY)
		return EXCHANGE_NIR_WRONG_KEY;
	if (fault != NIR_SOUND)
		return EXCHANGE_NIR_MALFORMED;
	/* decree of the RFI: second digit 2 is a fictitious number (see health/nir.h) */
	if (nir->kind == NIR_PROVISIONAL && nir->digits[1] == '2')
		return EXCHANGE_NIR_FICTION;
	if (nir->kind == NIR_PROVISIONAL || nir->kind == NIR_MIGRANT)
		return EXCHANGE_NIR_STANDING_IN;
	return nir->warnings & NIR_ODD_MONTH ? EXCHANGE_NIR_STRANGE : EXCHANGE_NIR_GOOD;
}

static void tell_nir(const struct making *m, enum exchange_nir_class class,
    enum exchange_field field)
{
	if (class == EXCHANGE_NIR_WRONG_KEY)
		tell(m, EXCHANGE_RULE_NIR_KEY, field);
	else if (class == EXCHANGE_NIR_MALFORMED)
		tell(m, EXCHANGE_RULE_NIR_FORM, field);
	else if (class == EXCHANGE_NIR_FICTION)
		tell(m, EXCHANGE_RULE_NIR_FICTITIOUS, field);
	else if (class == EXCHANGE_NIR_STANDING_IN)
		tell(m, EXCHANGE_RULE_NIR_PROVISIONAL, field);
	else if (class == EXCHANGE_NIR_STRANGE)
		tell(m, EXCHANGE_RULE_NIR_ODD, field);
}

/*
 * The number without its key, and its class. What is no number stays as it was
 * written, as far as it fits: whoever hashes reads the class first.
 */
static void set_nir(const struct making *m, enum exchange_field field,
    enum exchange_field class_field)
{
	struct view value = exchange_input_value(m->in, field);
	struct nir nir;
	char letter = EXCHANGE_NIR_GOOD;
	enum exchange_nir_class class;

	if (value.len == 0)
		return;
	class = class_of(&nir, nir_parse(&nir, value));
	letter = (char)class;
	set(m, class_field, (struct view){&letter, 1});
	tell_nir(m, class, field);
	if (class == EXCHANGE_NIR_FICTION)
		return;
	if (class != EXCHANGE_NIR_MALFORMED)
		value = VIEW(nir.digits);
	value.len = MIN(value.len, exchange_field_size(EXCHANGE_NIR, field));
	set(m, field, value);
}

static bool holds(struct view text, struct view part)
{
	return part.len >= 10 && text.len >= part.len &&
	       memmem(text.ptr, text.len, part.ptr, part.len);
}

static void set_idacc(const struct making *m)
{
	struct view idacc = exchange_input_value(m->in, EXCHANGE_F_IDACC);

	if (idacc.len == 0)
		tell(m, EXCHANGE_RULE_NO_IDACC, EXCHANGE_F_IDACC);
	set_text(m, EXCHANGE_F_IDACC);
}

static void make_nir_row(const struct making *m)
{
	struct view idacc = exchange_input_value(m->in, EXCHANGE_F_IDACC);
	struct view own, insured;

	set_idacc(m);
	set_nir(m, EXCHANGE_F_OWN, EXCHANGE_F_OWN_CLASS);
	set_nir(m, EXCHANGE_F_INSURED, EXCHANGE_F_INSURED_CLASS);
	set_date(m);
	set_sex(m);
	set_twin(m);
	own = exchange_row_get(EXCHANGE_NIR, m->row, EXCHANGE_F_OWN);
	insured = exchange_row_get(EXCHANGE_NIR, m->row, EXCHANGE_F_INSURED);
	if (own.len == 0 && insured.len == 0)
		tell(m, EXCHANGE_RULE_NIR_NONE, EXCHANGE_F_OWN);
	if (holds(idacc, own) || holds(idacc, insured))
		tell(m, EXCHANGE_RULE_IDACC_IS_NIR, EXCHANGE_F_IDACC);
}

static void make_traits_row(const struct making *m)
{
	struct nir nir;

	set_idacc(m);
	if (nir_parse(&nir, exchange_input_value(m->in, EXCHANGE_F_IDACC)) == NIR_SOUND)
		tell(m, EXCHANGE_RULE_IDACC_IS_NIR, EXCHANGE_F_IDACC);
	set_text(m, EXCHANGE_F_BIRTH_NAME);
	set_text(m, EXCHANGE_F_USED_NAME);
	set_text(m, EXCHANGE_F_GIVEN_NAMES);
	set_date(m);
	set_sex(m);
	set_place(m);
}

static bool is_blank(const struct exchange_input *in)
{
	return csv_count(in->csv) == 1 && in->width > 1 && csv_field(in->csv, 0).len == 0;
}

int exchange_input_next(struct exchange_input *in, unsigned char *row,
    struct exchange_input_report *report, struct err *err)
{
	const struct making m = {in, report, row};
	int rc;

	do
		rc = csv_next(in->csv, err);
	while (rc > 0 && is_blank(in));
	if (rc <= 0)
		return rc;
	memset(row, 0, exchange_row_size(in->options.step));
	report->rows++;
	if (csv_count(in->csv) != in->width)
		tell(&m, EXCHANGE_RULE_FIELDS, EXCHANGE_F_IDACC);
	else if (in->options.step == EXCHANGE_NIR)
		make_nir_row(&m);
	else if (in->options.step == EXCHANGE_TRAITS)
		make_traits_row(&m);
	else
		set_text(&m, EXCHANGE_F_PSEUDONYM);
	return 1;
}
