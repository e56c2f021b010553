#include "io/po.h"

#include "base/str.h"

struct entry {
	struct str id, text;
	struct str *current; /* what a line of quotes adds to */
	bool fuzzy, has_id;
};

void po_clear(struct po *p)
{
	map_clear(&p->ids);
	vec_clear(&p->texts);
	arena_clear(&p->memory);
}

/* "a\"b\n": false when the quotes or an escape are wrong. */
static bool add_quoted(struct str *out, struct view v)
{
	v = view_trim(v);
	if (v.len < 2 || v.ptr[0] != '"' || v.ptr[v.len - 1] != '"')
		return false;
	for (size_t i = 1; i < v.len - 1; i++) {
		if (v.ptr[i] == '"')
			return false;
		if (v.ptr[i] != '\\') {
			str_addc(out, v.ptr[i]);
			continue;
		}
		switch (++i < v.len - 1 ? v.ptr[i] : 0) {
		case 'n': str_addc(out, '\n'); break;
		case 't': str_addc(out, '\t'); break;
		case '"': str_addc(out, '"'); break;
		case '\\': str_addc(out, '\\'); break;
		default: return false;
		}
	}
	return true;
}

static void finish_entry(struct po *p, struct entry *e)
{
	if (e->id.len > 0 && e->text.len > 0 && !e->fuzzy &&
	    !map_find(&p->ids, str_view(&e->id))) {
		map_intern(&p->ids, str_view(&e->id));
		*vec_push(&p->texts) = arena_view(&p->memory, str_view(&e->text));
	}
	str_reset(&e->id);
	str_reset(&e->text);
	e->current = NULL;
	e->fuzzy = e->has_id = false;
}

static bool begin_field(struct entry *e, struct str *field, struct view rest)
{
	e->current = field;
	return add_quoted(field, rest);
}

static struct view after(struct view line, struct view head)
{
	return (struct view){line.ptr + head.len, line.len - head.len};
}

static bool read_line(struct po *p, struct entry *e, struct view line)
{
	const struct view id = VIEW_LIT("msgid "), text = VIEW_LIT("msgstr ");

	if (line.len == 0)
		return true;
	if (line.ptr[0] == '#') {
		if (e->has_id)
			finish_entry(p, e);
		e->fuzzy |= view_starts(line, VIEW_LIT("#,")) &&
		            memmem(line.ptr, line.len, "fuzzy", 5);
		return true;
	}
	if (line.ptr[0] == '"')
		return e->current && add_quoted(e->current, line);
	if (view_starts(line, id)) {
		if (e->has_id)
			finish_entry(p, e);
		e->has_id = true;
		return begin_field(e, &e->id, after(line, id));
	}
	return view_starts(line, text) && e->has_id &&
	       begin_field(e, &e->text, after(line, text));
}

int po_parse(struct po *ret, const char *name, struct view text, struct err *err)
{
	struct po p = {0};
	struct entry e = {0};
	struct view line;
	bool good = true;
	int n = 0;

	while (good && view_next(&text, '\n', &line)) {
		good = read_line(&p, &e, view_trim(line));
		n++;
	}
	if (good)
		finish_entry(&p, &e);
	str_clear(&e.id);
	str_clear(&e.text);
	if (!good) {
		po_clear(&p);
		return err_set(err, ERR_FORMAT, "%s: line %d: not a line of a catalogue", name, n);
	}
	*ret = p;
	return 0;
}

struct view po_find(const struct po *p, struct view msgid)
{
	const int64_t *i = map_find(&p->ids, msgid);

	return i ? p->texts.ptr[*i] : msgid;
}

void po_translate(void *ctx, struct view *text)
{
	*text = po_find(ctx, *text);
}
