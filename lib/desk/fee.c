#include "desk/fee.h"

#include <inttypes.h>

enum { NAME_MAX = 300,
	TARIFF_BYTES_MAX = 1 << 20 };

const char *const desk_class_names[DESK_CLASSES] = {"standard", "public_body", "university",
    "microenterprise"};
const char *const desk_fee_stage_names[DESK_FEE_STAGES] = {"estimate", "withdrawal", "invoice"};
static const char *const class_words[] = {"standard", "public_body", "university",
    "microenterprise", "any"};

static bool holds_on(date_t from, date_t to, date_t day)
{
	return (from == DATE_NONE || day >= from) && (to == DATE_NONE || day <= to);
}

static bool overlap(const struct desk_price *a, const struct desk_price *b)
{
	return a->component == b->component && a->class == b->class &&
	       (a->from == DATE_NONE || b->to == DATE_NONE || a->from <= b->to) &&
	       (b->from == DATE_NONE || a->to == DATE_NONE || b->from <= a->to);
}

static int find_component(const struct desk_tariff *t, struct view id, size_t *ret)
{
	for (size_t i = 0; i < t->components.len; i++)
		if (view_eq(VIEW(t->components.ptr[i].id), id)) {
			*ret = i;
			return 0;
		}
	return -1;
}

static size_t read_component(struct json_in *in, const struct desk_tariff *t, const json_t *j)
{
	const char *id = json_in_id(in, j, "component");
	size_t found = 0;

	if (find_component(t, VIEW(id), &found) < 0)
		json_in_fail(in, "no component '%s'", id);
	return found;
}

static void read_days(struct json_in *in, const json_t *j, date_t *from, date_t *to)
{
	*from = json_in_day(in, j, "from", false);
	*to = json_in_day(in, j, "to", false);
	if (*from != DATE_NONE && *to != DATE_NONE && *to < *from)
		json_in_fail(in, "ends before it begins");
}

static void read_prices(struct json_in *in, const json_t *list, struct desk_tariff *t)
{
	const json_t *j;
	size_t i;

	json_array_foreach(list, i, j)
	{
		size_t mark = json_in_enter(in, "prices[%zu]", i);
		struct desk_price p = {0};

		json_in_keys(in, j, "component unit class cents from to reference");
		p.component = read_component(in, t, j);
		p.unit = json_in_text(in, j, "unit", NAME_MAX, true);
		p.class = json_in_choice(in, j, "class", class_words, DESK_CLASSES + 1,
		    DESK_CLASSES);
		p.cents = json_in_int(in, j, "cents", 0, DESK_CENTS_MAX, -1);
		read_days(in, j, &p.from, &p.to);
		p.reference = json_in_text(in, j, "reference", NAME_MAX, true);
		for (size_t k = 0; k < t->prices.len; k++)
			if (overlap(&t->prices.ptr[k], &p))
				json_in_fail(in, "prices[%zu] holds on the same days", k);
		*vec_push(&t->prices) = p;
		json_in_leave(in, mark);
	}
}

static void read_covered(struct json_in *in, const json_t *j, const struct desk_tariff *t,
    struct desk_deduction *d)
{
	const json_t *list = json_in_list(in, j, "components", 0, t->components.len), *v;
	size_t *all = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*all));
	size_t i;

	json_array_foreach(list, i, v)
	{
		if (!json_is_string(v) ||
		    find_component(t, VIEW(json_string_value(v)), &all[i]) < 0)
			json_in_fail(in, "components[%zu]: no such component", i);
	}
	d->components = list ? all : NULL;
	d->component_count = json_array_size(list);
}

static void read_deductions(struct json_in *in, const json_t *list, struct desk_tariff *t)
{
	const json_t *j;
	size_t i;

	json_array_foreach(list, i, j)
	{
		size_t mark = json_in_enter(in, "deductions[%zu]", i);
		struct desk_deduction d = {0};

		json_in_keys(in, j, "class components per_mille from to reference");
		d.class = json_in_choice(in, j, "class", desk_class_names, DESK_CLASSES, -1);
		read_covered(in, j, t, &d);
		d.per_mille = (int)json_in_int(in, j, "per_mille", 1, 1000, 0);
		read_days(in, j, &d.from, &d.to);
		d.reference = json_in_text(in, j, "reference", NAME_MAX, true);
		*vec_push(&t->deductions) = d;
		json_in_leave(in, mark);
	}
}

static void read_components(struct json_in *in, const json_t *list, struct desk_tariff *t)
{
	const json_t *j;
	size_t i, had;

	json_array_foreach(list, i, j)
	{
		size_t mark = json_in_enter(in, "components[%zu]", i);
		struct desk_component c = {.id = json_in_id(in, j, "id")};

		json_in_keys(in, j, "id label");
		c.label = json_in_words(in, j, "label", true);
		if (find_component(t, VIEW(c.id), &had) == 0)
			json_in_fail(in, "component '%s' stands here twice", c.id);
		*vec_push(&t->components) = c;
		json_in_leave(in, mark);
	}
}

static void read_tariff(struct json_in *in, const json_t *j, struct desk_tariff *t)
{
	json_in_keys(in, j, "tariff title notice example currency components prices deductions");
	t->id = json_in_id(in, j, "tariff");
	t->title = json_in_words(in, j, "title", true);
	t->notice = json_in_words(in, j, "notice", false);
	t->example = json_in_bool(in, j, "example");
	t->currency = json_in_text(in, j, "currency", 3, true);
	read_components(in, json_in_list(in, j, "components", 1, 100), t);
	read_prices(in, json_in_list(in, j, "prices", 1, DESK_FEE_LINES_MAX), t);
	read_deductions(in, json_in_list(in, j, "deductions", 0, 100), t);
}

int desk_tariff_parse(struct desk_tariff *ret, const char *name, struct view text,
    struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_DESK_TARIFF struct desk_tariff t = {0};
	AUTO_JSON_IN struct json_in in = {.file = name, .arena = &t.memory, .err = err};

	if (text.len > TARIFF_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: larger than %d bytes", name,
		    TARIFF_BYTES_MAX);
	if (json_parse(&j, name, text, err) < 0)
		return -1;
	read_tariff(&in, j, &t);
	if (in.failed)
		return -1;
	*ret = t;
	t = (struct desk_tariff){0};
	return 0;
}

void desk_tariff_clear(struct desk_tariff *t)
{
	vec_clear(&t->components);
	vec_clear(&t->prices);
	vec_clear(&t->deductions);
	arena_clear(&t->memory);
}

/* The price of the class; else the one for any. */
static const struct desk_price *find_price(const struct desk_bill *b, size_t component)
{
	const struct desk_price *any = NULL;

	for (size_t i = 0; i < b->tariff->prices.len; i++) {
		const struct desk_price *p = &b->tariff->prices.ptr[i];

		if (p->component != component || !holds_on(p->from, p->to, b->date))
			continue;
		if (p->class == (int)b->class)
			return p;
		if (p->class == DESK_CLASSES)
			any = p;
	}
	return any;
}

static bool covers(const struct desk_deduction *d, size_t component)
{
	for (size_t i = 0; i < d->component_count; i++)
		if (d->components[i] == component)
			return true;
	return !d->components;
}

/* The largest that holds: deductions are not added up. */
static const struct desk_deduction *find_deduction(const struct desk_bill *b, size_t component)
{
	const struct desk_deduction *best = NULL;

	for (size_t i = 0; i < b->tariff->deductions.len; i++) {
		const struct desk_deduction *d = &b->tariff->deductions.ptr[i];

		if (d->class == (int)b->class && holds_on(d->from, d->to, b->date) &&
		    covers(d, component) && (!best || d->per_mille > best->per_mille))
			best = d;
	}
	return best;
}

static int64_t deducted(int64_t gross, const struct desk_deduction *d)
{
	return d ? (gross * d->per_mille + 500) / 1000 : 0;
}

static void set_amounts(struct desk_fee_line *l)
{
	l->gross = l->price->cents * l->quantity;
	l->deducted = deducted(l->gross, l->deduction);
	l->net = l->gross - l->deducted;
}

/* What counts at this stage: the estimate, or what was really done. */
static int64_t counted(struct json_in *in, const json_t *j, const struct desk_bill *b,
    int64_t estimated, int64_t most)
{
	int64_t missing = b->stage == DESK_WITHDRAWAL ? 0 : estimated;
	int64_t incurred = json_in_int(in, j, "incurred", 0, most, missing);

	if (b->stage == DESK_WITHDRAWAL && incurred > estimated)
		json_in_fail(in, "more was incurred than estimated");
	return b->stage == DESK_ESTIMATE ? estimated : incurred;
}

static void read_quantities(struct json_in *in, const json_t *list, struct desk_bill *b)
{
	const json_t *j;
	size_t i;

	json_array_foreach(list, i, j)
	{
		size_t mark = json_in_enter(in, "quantities[%zu]", i);
		struct desk_fee_line l = {0};
		size_t component;

		json_in_keys(in, j, "component quantity incurred");
		component = read_component(in, b->tariff, j);
		l.component = &b->tariff->components.ptr[component];
		l.price = find_price(b, component);
		l.deduction = find_deduction(b, component);
		l.estimated = json_in_int(in, j, "quantity", 0, DESK_QUANTITY_MAX, -1);
		l.quantity = counted(in, j, b, l.estimated, DESK_QUANTITY_MAX);
		if (!l.price && !in->failed)
			json_in_fail(in, "no price for '%s' on that day", l.component->id);
		if (in->failed)
			return;
		l.reference = l.price->reference;
		set_amounts(&l);
		b->body += l.net;
		b->estimate += l.price->cents * l.estimated -
		               deducted(l.price->cents * l.estimated, l.deduction);
		*vec_push(&b->lines) = l;
		json_in_leave(in, mark);
	}
}

static void read_holders(struct json_in *in, const json_t *list, struct desk_bill *b)
{
	const json_t *j;
	size_t i;

	json_array_foreach(list, i, j)
	{
		size_t mark = json_in_enter(in, "holders[%zu]", i);
		struct desk_fee_line l = {.quantity = 1};

		json_in_keys(in, j, "holder cents incurred reference");
		l.holder = json_in_text(in, j, "holder", NAME_MAX, true);
		l.reference = json_in_text(in, j, "reference", NAME_MAX, true);
		l.estimated = json_in_int(in, j, "cents", 0, DESK_CENTS_MAX, -1);
		l.net = counted(in, j, b, l.estimated, DESK_CENTS_MAX);
		l.gross = l.net;
		b->holders += l.net;
		b->estimate += l.estimated;
		*vec_push(&b->lines) = l;
		json_in_leave(in, mark);
	}
}

static void read_request(struct json_in *in, const json_t *j, struct desk_bill *b)
{
	json_in_keys(in, j, "reference date class stage quantities holders");
	b->reference = json_in_text(in, j, "reference", NAME_MAX, false);
	b->reference = b->reference ? b->reference : "";
	b->date = json_in_day(in, j, "date", true);
	b->class = (enum desk_applicant_class)json_in_choice(in, j, "class", desk_class_names,
	    DESK_CLASSES, -1);
	b->stage = (enum desk_fee_stage)json_in_choice(in, j, "stage", desk_fee_stage_names,
	    DESK_FEE_STAGES, DESK_ESTIMATE);
	if (in->failed)
		return;
	read_quantities(in, json_in_list(in, j, "quantities", 1, DESK_FEE_LINES_MAX), b);
	read_holders(in, json_in_list(in, j, "holders", 0, DESK_FEE_LINES_MAX), b);
	b->total = b->body + b->holders;
}

int desk_bill_make(struct desk_bill *ret, const struct desk_tariff *t, const char *name,
    struct view request, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_DESK_BILL struct desk_bill b = {.tariff = t};
	AUTO_JSON_IN struct json_in in = {.file = name, .arena = &b.memory, .err = err};

	if (json_parse(&j, name, request, err) < 0)
		return -1;
	read_request(&in, j, &b);
	if (in.failed)
		return -1;
	*ret = b;
	b = (struct desk_bill){0};
	return 0;
}

void desk_bill_clear(struct desk_bill *b)
{
	vec_clear(&b->lines);
	arena_clear(&b->memory);
}

void desk_cents_text(int64_t cents, struct str *out)
{
	int64_t sign = cents < 0 ? -1 : 1;

	str_addf(out, "%s%" PRId64 ".%02d", cents < 0 ? "-" : "", sign * (cents / 100),
	    (int)(sign * (cents % 100)));
}

void desk_money_text(int64_t cents, const char *currency, enum desk_language language,
    struct str *out)
{
	const char *thousands = language == DESK_FRENCH ? "\u202f" : ",";
	uint64_t size = cents < 0 ? (uint64_t)-cents : (uint64_t)cents;
	AUTO_FREE char *whole = str_format("%" PRIu64, size / 100);
	size_t len = strlen(whole);

	str_addz(out, cents < 0 ? "-" : "");
	for (size_t i = 0; i < len; i++)
		str_addf(out, "%s%c", i > 0 && (len - i) % 3 == 0 ? thousands : "", whole[i]);
	str_addf(out, "%s%02d\u00a0%s", language == DESK_FRENCH ? "," : ".", (int)(size % 100),
	    currency);
}
