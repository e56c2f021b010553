#include "search/ask.h"

#include <stdio.h>

static int read_number(struct view name, struct view value, int64_t max, size_t *ret,
    struct err *err)
{
	int64_t n;

	if (!view_to_i64(value, &n) || n < 1 || n > max)
		return err_set(err, ERR_USAGE, "%.*s: not a number from 1 to %lld",
		    VIEW_ARG(name), (long long)max);
	*ret = (size_t)n;
	return 0;
}

static int read_order(struct search_ask *q, const struct search_asking *of, struct view value,
    struct err *err)
{
	for (size_t i = 0; of->orders[i]; i++)
		if (view_eq(value, VIEW(of->orders[i]))) {
			q->order = of->orders[i];
			return 0;
		}
	return err_set(err, ERR_USAGE, "%s", of->no_order);
}

static int add_choice(struct search_ask *q, int facet, struct view value, struct err *err)
{
	if (q->choice_count == SEARCH_CHOICES_MAX)
		return err_set(err, ERR_USAGE, "more than %d choices", SEARCH_CHOICES_MAX);
	q->choices[q->choice_count++] = (struct search_choice){facet, value};
	return 0;
}

int search_ask_add(struct search_ask *q, const struct search_asking *of, struct view name,
    struct view value, struct err *err)
{
	if (value.len == 0)
		return 0;
	if (view_eq(name, VIEW_LIT("q"))) {
		q->text = value;
		return 0;
	}
	if (view_eq(name, VIEW_LIT("sort")))
		return read_order(q, of, value, err);
	if (view_eq(name, VIEW_LIT("page")))
		return read_number(name, value, SEARCH_PAGES_MAX, &q->page, err);
	if (view_eq(name, VIEW_LIT("size")))
		return read_number(name, value, SEARCH_PAGE_MAX, &q->size, err);
	for (int f = 0; f < of->facet_count; f++)
		if (view_eq(name, VIEW(of->facets[f])))
			return add_choice(q, f, value, err);
	(void)err_set(err, ERR_USAGE, "%s", of->no_filter);
	return err_hint(err, "%s", of->hint);
}

bool search_ask_knows(const struct search_asking *of, struct view name)
{
	static const char *const own[] = {"q", "sort", "page", "size"};

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (view_eq(name, VIEW(own[i])))
			return true;
	for (int f = 0; f < of->facet_count; f++)
		if (view_eq(name, VIEW(of->facets[f])))
			return true;
	return false;
}

struct search_query search_ask_query(const struct search_ask *q, bool all)
{
	size_t size = q->size ? q->size : SEARCH_PAGE_DEFAULT;

	return (struct search_query){
	    .text = q->text,
	    .choices = q->choices,
	    .choice_count = q->choice_count,
	    .sort = -1,
	    .offset = !all && q->page ? (q->page - 1) * size : 0,
	    .limit = all ? UINT32_MAX : size,
	};
}

void search_add_encoded(struct str *out, struct view text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr("-._~/", c)))
			str_addc(out, (char)c);
		else
			str_addf(out, "%%%02X", c);
	}
}

static void add_pair(struct str *out, const char *name, struct view value)
{
	if (value.len == 0)
		return;
	str_addf(out, "%c%s=", out->len > 0 ? '&' : '?', name);
	search_add_encoded(out, value);
}

static void add_number(struct str *out, const char *name, size_t n)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", n);
	add_pair(out, name, VIEW(number));
}

static void add_facet(const struct search_asking *of, const struct search_step *s, int f,
    struct str *out)
{
	bool switched = false;

	for (size_t i = 0; i < s->query->choice_count; i++) {
		const struct search_choice *c = &s->query->choices[i];

		if (c->facet != f)
			continue;
		if (f == s->facet && view_eq(c->value, s->value))
			switched = true;
		else
			add_pair(out, of->facets[f], c->value);
	}
	if (f == s->facet && !switched)
		add_pair(out, of->facets[f], s->value);
}

void search_ask_address(const struct search_asking *of, const struct search_step *s,
    struct str *out)
{
	const struct search_ask *q = s->query;

	add_pair(out, "q", q->text);
	for (int f = 0; f < of->facet_count; f++)
		add_facet(of, s, f, out);
	if (s->bare)
		return;
	if (q->order)
		add_pair(out, "sort", VIEW(q->order));
	if (q->size)
		add_number(out, "size", q->size);
	if (s->page > 1)
		add_number(out, "page", s->page);
}
