/*
 * Kinds from names (data/columns.csv), then from the values of the first rows
 * where the name tells nothing.
 */
#include "link/spec.h"

#include "base/embed.h"
#include "io/csv.h"
#include "link/standard.h"

enum { SAMPLE_ROWS = 500 };

/* Lower case; what is no letter or digit is '_'. */
static void plain_name(struct view column, struct str *out)
{
	AUTO_STR struct str upper = {0};

	link_standard(LINK_PLACE, column, &upper);
	str_reset(out);
	for (size_t i = 0; i < upper.len; i++) {
		char c = upper.buf[i];

		str_addc(out, c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a')
								    : c);
	}
}

/* A pattern may begin and end with '*'. */
static bool fits(struct view name, struct view pattern)
{
	bool open_start = pattern.len && pattern.ptr[0] == '*';
	bool open_end = pattern.len && pattern.ptr[pattern.len - 1] == '*';
	struct view core = {pattern.ptr + open_start, pattern.len - open_start - open_end};

	if (open_start && open_end)
		return memmem(name.ptr, name.len, core.ptr, core.len) != NULL;
	if (open_start)
		return view_ends(name, core);
	return open_end ? view_starts(name, core) : view_eq(name, core);
}

enum link_kind link_guess_name(struct view column)
{
	AUTO_STR struct str name = {0};
	AUTO_CSV struct csv_reader *r =
	    csv_open_view("columns.csv", embed_find("link/data/columns.csv"), ',');
	struct err err = {0};

	plain_name(column, &name);
	while (csv_next(r, &err) > 0)
		if (fits(str_view(&name), csv_field(r, 0)))
			return link_kind_of(csv_field(r, 1));
	return LINK_KINDS;
}

/* What the first rows of one column look like. */
struct look {
	size_t known, dates, sexes, emails;
};

static void look_at(struct look *l, struct view value, struct str *scratch)
{
	if (!value.len)
		return;
	l->known++;
	link_standard(LINK_SEX, value, scratch);
	l->sexes += scratch->len == 1;
	l->emails += memchr(value.ptr, '@', value.len) != NULL;
	link_standard(LINK_DATE, value, scratch);
	l->dates += scratch->len == 8 && value.len >= 8 && value.len <= 10 &&
	            memcmp(scratch->buf + 4, "01", 2) >= 0 &&
	            memcmp(scratch->buf + 4, "12", 2) <= 0 &&
	            memcmp(scratch->buf, "1850", 4) >= 0 && memcmp(scratch->buf, "2030", 4) <= 0;
}

static bool has_kind(const struct link_spec *s, enum link_kind kind)
{
	for (size_t i = 0; i < s->fields.len; i++)
		if (s->fields.ptr[i].kind == kind)
			return true;
	return false;
}

static enum link_kind kind_of_look(const struct link_spec *s, const struct look *l)
{
	size_t most = l->known * 9 / 10;

	if (l->known < 5)
		return LINK_KINDS;
	if (l->emails > most)
		return LINK_EMAIL;
	if (l->sexes > most && !has_kind(s, LINK_SEX))
		return LINK_SEX;
	if (l->dates > most && !has_kind(s, LINK_DATE))
		return LINK_DATE;
	return LINK_KINDS;
}

static int look_at_rows(struct link_source *source, struct look *looks, struct err *err)
{
	AUTO_STR struct str scratch = {0};
	int rc = 1;

	for (size_t row = 0; row < SAMPLE_ROWS && (rc = link_source_next(source, err)) > 0; row++)
		for (size_t i = 0; i < link_source_columns(source); i++)
			look_at(&looks[i], link_source_field(source, i), &scratch);
	return rc < 0 ? -1 : 0;
}

static void place_column(struct link_spec *s, struct view column, enum link_kind kind)
{
	if (kind == LINK_ID && !s->id)
		s->id = arena_strdup(&s->arena, column);
	else if (kind < LINK_KINDS && kind != LINK_ID && kind != LINK_IGNORE &&
		 s->fields.len < LINK_FIELDS_MAX)
		link_spec_add(s, column, kind);
	else
		*vec_push(&s->unused) = arena_strdup(&s->arena, column);
}

/* A text of all names says nothing that the names one by one do not say. */
static void drop_full_names(struct link_spec *s)
{
	size_t n = 0;

	if (!has_kind(s, LINK_SURNAME) || !has_kind(s, LINK_GIVEN))
		return;
	for (size_t i = 0; i < s->fields.len; i++)
		if (s->fields.ptr[i].kind == LINK_FULL)
			*vec_push(&s->unused) = s->fields.ptr[i].column;
		else
			s->fields.ptr[n++] = s->fields.ptr[i];
	s->fields.len = n;
}

int link_guess(struct link_spec *s, const char *path, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *source = NULL;
	struct look *looks;
	int rc;

	link_spec_clear(s);
	if (link_source_open(&source, path, err) < 0)
		return -1;
	looks = mem_zalloc(link_source_columns(source) + 1, sizeof(*looks));
	rc = look_at_rows(source, looks, err);
	for (size_t i = 0; rc == 0 && i < link_source_columns(source); i++)
		if (link_guess_name(link_source_column(source, i)) < LINK_KINDS)
			place_column(s, link_source_column(source, i),
			    link_guess_name(link_source_column(source, i)));
	for (size_t i = 0; rc == 0 && i < link_source_columns(source); i++)
		if (link_guess_name(link_source_column(source, i)) == LINK_KINDS)
			place_column(
			    s, link_source_column(source, i), kind_of_look(s, &looks[i]));
	free(looks);
	drop_full_names(s);
	if (rc == 0 && !s->fields.len) {
		err_set_(err, ERR_FORMAT, "%s: no column is known by its name or values", path);
		return err_hint(err, "say with --spec which column is what");
	}
	return rc;
}
