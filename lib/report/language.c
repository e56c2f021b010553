#include "report/language.h"

#include "report/cell.h"

#include "base/embed.h"

#include <stdlib.h>

enum {
	HOLES_MAX = 8,
	NESTED_MAX = 4,     /* texts within texts */
	TRIES_MAX = 200000, /* ends of holes: a text made to need more has no translation */
};

enum hole_kind {
	HOLE_TEXT = 0,
	HOLE_FIGURE = '#',
	HOLE_SAID = '=',
	HOLE_LIST = '*',
};

struct hole {
	enum hole_kind kind;
	struct view name, text;
};

struct holes {
	struct hole list[HOLES_MAX];
	size_t count;
};

struct speech {
	const struct report_reader *to;
	int nested;
	size_t *tries;
};

static bool say(struct str *out, const struct speech *s, struct view text);

static struct view tail(struct view v, size_t from)
{
	return (struct view){v.ptr + from, v.len - from};
}

static struct view head(struct view v, size_t len)
{
	return (struct view){v.ptr, len};
}

static size_t find_byte(struct view v, char c)
{
	const char *at = v.len ? memchr(v.ptr, c, v.len) : NULL;

	return at ? (size_t)(at - v.ptr) : v.len;
}

/* Moves behind the hole that *p begins with; false: it is none. */
static bool take_hole(struct view *p, struct hole *ret)
{
	size_t end = find_byte(*p, '}');
	struct view inside;

	if (end == p->len || end < 2)
		return false;
	inside = (struct view){p->ptr + 1, end - 1};
	*ret = (struct hole){.name = inside};
	if (strchr("#=*", inside.ptr[0])) {
		ret->kind = (enum hole_kind)inside.ptr[0];
		ret->name = tail(inside, 1);
	}
	*p = tail(*p, end + 1);
	return ret->name.len > 0 && find_byte(ret->name, '{') == ret->name.len;
}

/* Moves *p to its next hole or its end; what stands before it. */
static struct view take_fixed(struct view *p)
{
	size_t n = find_byte(*p, '{');
	struct view fixed = head(*p, n);

	*p = tail(*p, n);
	return fixed;
}

static bool has_letter(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if ((v.ptr[i] | 0x20) >= 'a' && (v.ptr[i] | 0x20) <= 'z')
			return true;
	return false;
}

/* "2019-03", "<11", "12 345", "0.5", "1e-05" */
static bool is_figure(struct view v)
{
	AUTO_STR struct str text = {0};

	if (v.len && *v.ptr == '<')
		v = tail(v, 1);
	for (size_t i = 0; i < v.len; i++)
		if (v.ptr[i] != ' ')
			str_addc(&text, v.ptr[i]);
	return v.len && v.ptr[0] != ' ' && v.ptr[v.len - 1] != ' ' &&
	       (report_is_number(str_get(&text)) || report_iso_len(v) == v.len);
}

/* Each of "a, b, c" has a translation, and is appended. */
static bool say_list(struct str *out, const struct speech *s, struct view text)
{
	bool found = true;

	while (found && text.len) {
		const char *at = memmem(text.ptr, text.len, ", ", 2);
		size_t len = at ? (size_t)(at - text.ptr) : text.len;

		found = say(out, s, head(text, len));
		text = tail(text, at ? len + 2 : len);
		if (at)
			str_addz(out, ", ");
	}
	return found;
}

static bool takes(const struct hole *h, const struct speech *s)
{
	AUTO_STR struct str unused = {0};
	struct speech inner = {s->to, s->nested + 1, s->tries};

	switch (h->kind) {
	case HOLE_FIGURE: return is_figure(h->text);
	case HOLE_SAID: return say(&unused, &inner, h->text);
	case HOLE_LIST: return say_list(&unused, &inner, h->text);
	case HOLE_TEXT:
	default: return true;
	}
}

/* The shortest text for each hole, from left to right, that lets the rest match. */
static bool match(struct holes *ret, const struct speech *s, struct view pattern, struct view text)
{
	struct view fixed = take_fixed(&pattern);
	struct hole *h = &ret->list[ret->count];

	if (!view_starts(text, fixed))
		return false;
	text = tail(text, fixed.len);
	if (pattern.len == 0)
		return text.len == 0;
	if (ret->count == HOLES_MAX || !take_hole(&pattern, h))
		return false;
	ret->count++;
	for (size_t len = 1; len <= text.len && *s->tries < TRIES_MAX; len++) {
		++*s->tries;
		if (pattern.len && *pattern.ptr != '{' &&
		    (len == text.len || text.ptr[len] != *pattern.ptr))
			continue;
		h->text = head(text, len);
		if (match(ret, s, pattern, tail(text, len)) && takes(h, s))
			return true;
	}
	ret->count--;
	return false;
}

static void fill_hole(struct str *out, const struct speech *s, const struct hole *h)
{
	struct speech inner = {s->to, s->nested + 1, s->tries};
	AUTO_STR struct str said = {0};
	bool found = false;

	if (h->kind == HOLE_FIGURE) {
		report_say_figure(out, s->to, h->text);
		return;
	}
	if (h->kind == HOLE_SAID)
		found = say(&said, &inner, h->text);
	else if (h->kind == HOLE_LIST)
		found = say_list(&said, &inner, h->text);
	str_add(out, found ? str_view(&said) : h->text); /* TRIES_MAX may be reached by now */
}

static void fill(struct str *out, const struct speech *s, struct view text,
    const struct holes *holes)
{
	while (text.len) {
		struct hole h;

		str_add(out, take_fixed(&text));
		if (text.len == 0 || !take_hole(&text, &h))
			return;
		for (size_t i = 0; i < holes->count; i++)
			if (view_eq(holes->list[i].name, h.name))
				fill_hole(out, s, &holes->list[i]);
	}
}

/* Bytes that would stand there as they are. */
static size_t left_plain(const struct holes *holes)
{
	size_t n = 0;

	for (size_t i = 0; i < holes->count; i++)
		n += holes->list[i].kind == HOLE_TEXT ? holes->list[i].text.len : 0;
	return n;
}

/* Of the patterns that match, the one that translates most; NULL: none does. */
static const struct report_pattern *find_pattern(struct holes *ret, const struct speech *s,
    struct view text)
{
	const struct report_language *l = s->to->language;
	const struct report_pattern *found = NULL;

	for (size_t p = 0; s->nested < NESTED_MAX && p < l->patterns.len; p++) {
		struct holes holes = {0};

		if (!match(&holes, s, l->patterns.ptr[p].id, text) ||
		    (found && left_plain(&holes) >= left_plain(ret)))
			continue;
		found = &l->patterns.ptr[p];
		*ret = holes;
	}
	return found;
}

/* Nothing is appended where there is no translation. */
static bool say(struct str *out, const struct speech *s, struct view text)
{
	const struct report_language *l = s->to->language;
	const int64_t *i = map_find(&l->po.ids, text);
	const struct report_pattern *p;
	struct holes holes = {0};

	if (i) {
		str_add(out, l->po.texts.ptr[*i]);
		return true;
	}
	if (!has_letter(text)) {
		report_say_figures(out, s->to, text);
		return true;
	}
	p = find_pattern(&holes, s, text);
	if (p)
		fill(out, s, p->text, &holes);
	return p;
}

bool report_say(struct str *out, const struct report_reader *to, const char *text)
{
	size_t tries = 0;
	struct speech s = {.to = to, .tries = &tries};

	if (to->language && say(out, &s, VIEW(text)))
		return true;
	str_addz(out, text);
	return !to->language;
}

void report_language_clear(struct report_language *l)
{
	po_clear(&l->po);
	vec_clear(&l->patterns);
}

/* Every hole is one; SIZE_MAX when not. */
static size_t count_holes(struct view text, struct holes *ret)
{
	*ret = (struct holes){0};
	for (;;) {
		(void)take_fixed(&text);
		if (text.len == 0)
			return ret->count;
		if (ret->count == HOLES_MAX || !take_hole(&text, &ret->list[ret->count++]))
			return SIZE_MAX;
	}
}

/* The translation fills no hole that the text has not, and has no kinds of its own. */
static bool is_sound(const struct report_pattern *p)
{
	struct holes id, text;

	if (count_holes(p->id, &id) == SIZE_MAX || count_holes(p->text, &text) == SIZE_MAX)
		return false;
	for (size_t i = 0; i < text.count; i++) {
		bool known = false;

		for (size_t k = 0; k < id.count; k++)
			known = known || view_eq(text.list[i].name, id.list[k].name);
		if (!known || text.list[i].kind != HOLE_TEXT)
			return false;
	}
	return true;
}

static size_t fixed_len(struct view text)
{
	struct hole h;
	size_t n = 0;

	while (text.len) {
		n += take_fixed(&text).len;
		if (text.len && !take_hole(&text, &h))
			break;
	}
	return n;
}

/* What fixes most first; then as it is written, for one order only. */
static int by_fixed(const void *a, const void *b)
{
	const struct report_pattern *x = a, *y = b;

	if (x->fixed != y->fixed)
		return x->fixed < y->fixed ? 1 : -1;
	return view_cmp(x->id, y->id);
}

int report_language_read(struct report_language *ret, const char *name, struct view catalogue,
    struct err *err)
{
	struct report_language l = {.code = "fr", .decimal = ','};

	if (po_parse(&l.po, name, catalogue, err) < 0)
		return -1;
	for (size_t i = 0; i < l.po.ids.entries.len; i++) {
		const struct map_entry *e = &l.po.ids.entries.ptr[i];
		struct report_pattern p = {.id = e->key, .text = l.po.texts.ptr[e->value]};

		if (find_byte(p.id, '{') == p.id.len && find_byte(p.text, '{') == p.text.len)
			continue;
		if (!is_sound(&p)) {
			(void)err_set(err, ERR_FORMAT, "%s: holes that are none: \"%.*s\"", name,
			    VIEW_ARG(p.id));
			report_language_clear(&l);
			return -1;
		}
		p.fixed = fixed_len(p.id);
		*vec_push(&l.patterns) = p;
	}
	if (l.patterns.len)
		qsort(l.patterns.ptr, l.patterns.len, sizeof(*l.patterns.ptr), by_fixed);
	*ret = l;
	return 0;
}

int report_language_open(struct report_language *ret, enum report_in in, struct err *err)
{
	static const char french[] = "po/report_fr.po";

	*ret = (struct report_language){0};
	return in == REPORT_IN_FRENCH
	           ? report_language_read(ret, french, embed_find(french), err)
	           : 0;
}
