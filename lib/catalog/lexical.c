#include "catalog/lexical.h"
#include "base/date.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

static bool has_type(const struct rdf_graph *g, uint32_t id, const char *type)
{
	const struct rdf_term *t = rdf_term(g, id);
	struct view iri;

	if (t->kind != RDF_LITERAL || t->type == 0)
		return false;
	iri = rdf_term(g, t->type)->text;
	return view_starts(iri, VIEW_LIT(XSD)) && iri.len == strlen(XSD) + strlen(type) &&
	       memcmp(iri.ptr + strlen(XSD), type, strlen(type)) == 0;
}

static struct view digits(struct view *v)
{
	size_t n = 0;
	struct view found;

	while (n < v->len && v->ptr[n] >= '0' && v->ptr[n] <= '9')
		n++;
	found = (struct view){v->ptr, n};
	*v = (struct view){v->ptr + n, v->len - n};
	return found;
}

static bool skip_sign(struct view *v, const char *signs)
{
	if (v->len == 0 || !strchr(signs, *v->ptr))
		return false;
	*v = (struct view){v->ptr + 1, v->len - 1};
	return true;
}

static bool is_count(struct view v)
{
	(void)skip_sign(&v, "+"); /* a sign is allowed, not wanted */
	return digits(&v).len > 0 && v.len == 0;
}

static bool is_decimal(struct view v)
{
	size_t some;

	(void)skip_sign(&v, "+-"); /* it may be there */
	some = digits(&v).len;
	if (skip_sign(&v, "."))
		some += digits(&v).len;
	return some > 0 && v.len == 0;
}

/* Numbers with these letters behind them, in order; how many there are. */
static int parts(struct view *v, const char *letters, bool *ret_wrong)
{
	int found = 0;

	while (v->len && *v->ptr != 'T') {
		bool fraction = false;

		if (digits(v).len == 0) {
			*ret_wrong = true;
			return found;
		}
		if (v->len && *v->ptr == '.') {
			fraction = true;
			(void)skip_sign(v, "."); /* it is one */
			*ret_wrong = *ret_wrong || digits(v).len == 0;
		}
		while (*letters && v->len && *letters != *v->ptr)
			letters++;
		if (!*letters || v->len == 0 || (fraction && *letters != 'S')) {
			*ret_wrong = true;
			return found;
		}
		letters++;
		*v = (struct view){v->ptr + 1, v->len - 1};
		found++;
	}
	return found;
}

static bool is_duration(struct view v)
{
	bool bad = false;
	int found;

	(void)skip_sign(&v, "-"); /* it may be there */
	if (!skip_sign(&v, "P"))
		return false;
	found = parts(&v, "YMD", &bad);
	if (!bad && skip_sign(&v, "T")) {
		int times = parts(&v, "HMS", &bad);

		return !bad && times > 0 && v.len == 0;
	}
	return !bad && found > 0 && v.len == 0;
}

static bool is_zone(struct view v)
{
	int64_t h, m;

	if (v.len == 0 || view_eq(v, VIEW_LIT("Z")))
		return true;
	return v.len == 6 && strchr("+-", v.ptr[0]) && v.ptr[3] == ':' &&
	       view_to_i64((struct view){v.ptr + 1, 2}, &h) && h <= 14 &&
	       view_to_i64((struct view){v.ptr + 4, 2}, &m) && m <= 59;
}

static bool is_day(struct view *v)
{
	date_t d;

	if (v->len < 10 || !date_parse((struct view){v->ptr, 10}, &d))
		return false;
	*v = (struct view){v->ptr + 10, v->len - 10};
	return true;
}

static bool two_digits(struct view *v, int64_t max)
{
	int64_t n;

	if (v->len < 2 || v->ptr[0] < '0' || !view_to_i64((struct view){v->ptr, 2}, &n) || n > max)
		return false;
	*v = (struct view){v->ptr + 2, v->len - 2};
	return true;
}

static bool is_date_time(struct view v)
{
	if (!is_day(&v) || !skip_sign(&v, "T") || !two_digits(&v, 24) || !skip_sign(&v, ":") ||
	    !two_digits(&v, 59) || !skip_sign(&v, ":") || !two_digits(&v, 59))
		return false;
	if (skip_sign(&v, ".") && digits(&v).len == 0)
		return false;
	return is_zone(v);
}

static bool is_date(struct view v)
{
	return is_day(&v) && is_zone(v);
}

static bool is_year(struct view v, bool month)
{
	(void)skip_sign(&v, "-"); /* it may be there */
	if (digits(&v).len < 4)
		return false;
	return (!month || (skip_sign(&v, "-") && two_digits(&v, 12))) && is_zone(v);
}

bool lexical_is(const struct rdf_graph *g, uint32_t literal, const char *type)
{
	struct view v = rdf_term(g, literal)->text;

	if (!has_type(g, literal, type))
		return false;
	switch (type[0]) {
	case 'b':
		return view_eq(v, VIEW_LIT("true")) || view_eq(v, VIEW_LIT("false")) ||
		       view_eq(v, VIEW_LIT("1")) || view_eq(v, VIEW_LIT("0"));
	case 'n':
		return is_count(v);
	case 'a':
		return true; /* any text is an anyURI (XSD 1.1, 3.3.17) */
	default:
		return strcmp(type, "duration") == 0 ? is_duration(v) : is_decimal(v);
	}
}

bool lexical_is_date(const struct rdf_graph *g, uint32_t literal)
{
	struct view v = rdf_term(g, literal)->text;

	return (has_type(g, literal, "date") && is_date(v)) ||
	       (has_type(g, literal, "dateTime") && is_date_time(v)) ||
	       (has_type(g, literal, "gYearMonth") && is_year(v, true)) ||
	       (has_type(g, literal, "gYear") && is_year(v, false));
}
