#include "report/cell.h"

#include "io/json.h"

#include <assert.h>
#include <inttypes.h>

static char *format_into(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static char *format_into(struct arena *a, const char *fmt, va_list ap)
{
	AUTO_STR struct str text = {0};

	str_addvf(&text, fmt, ap);
	return arena_strdup(a, str_view(&text));
}

static const char *copy(struct report *r, const char *text)
{
	return arena_strdup(&r->arena, VIEW(text));
}

struct report *report_new(const char *title, const char *lede)
{
	struct report *r = mem_zalloc(1, sizeof(*r));

	r->title = copy(r, title);
	r->lede = copy(r, lede);
	return r;
}

void report_free(struct report **r)
{
	if (!*r)
		return;
	for (size_t i = 0; i < (*r)->tables.len; i++) {
		vec_clear(&(*r)->tables.ptr[i]->cells);
		vec_clear(&(*r)->tables.ptr[i]->words);
	}
	vec_clear(&(*r)->facts);
	vec_clear(&(*r)->tables);
	vec_clear(&(*r)->charts);
	vec_clear(&(*r)->drawings);
	vec_clear(&(*r)->panels);
	vec_clear(&(*r)->notes);
	arena_clear(&(*r)->arena);
	free(*r);
	*r = NULL;
}

void report_add_fact(struct report *r, const char *key, const char *label, const char *fmt, ...)
{
	struct report_fact *fact = vec_push(&r->facts);
	va_list ap;

	*fact = (struct report_fact){.key = copy(r, key), .label = copy(r, label)};
	va_start(ap, fmt);
	fact->value = format_into(&r->arena, fmt, ap);
	va_end(ap);
}

void report_add_counts(struct report *r, const char *key, const char *label, const char *fmt, ...)
{
	struct report_fact *fact = vec_push(&r->facts);
	va_list ap;

	*fact = (struct report_fact){
	    .key = copy(r, key), .label = copy(r, label), .is_counted = true};
	va_start(ap, fmt);
	fact->value = format_into(&r->arena, fmt, ap);
	va_end(ap);
}

void report_add_word(struct report *r, const char *key, const char *label, const char *word)
{
	*vec_push(&r->facts) = (struct report_fact){.key = copy(r, key),
	    .label = copy(r, label),
	    .value = copy(r, word),
	    .is_words = true};
}

const char *report_grouped(struct report *r, uint64_t n)
{
	AUTO_STR struct str text = {0};
	AUTO_STR struct str digits = {0};

	str_addf(&digits, "%" PRIu64, n);
	report_add_shown(&text, REPORT_COUNT, str_get(&digits), " ");
	return arena_strdup(&r->arena, str_view(&text));
}

void report_add_note(struct report *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	*vec_push(&r->notes) = format_into(&r->arena, fmt, ap);
	va_end(ap);
}

struct report_table *report_add_table(struct report *r, const char *id, const char *title,
    unsigned role, const struct report_column *columns, size_t column_count)
{
	struct report_table *t = arena_zalloc(&r->arena, 1, sizeof(*t));

	assert(column_count > 0);
	t->id = copy(r, id);
	t->title = copy(r, title);
	t->role = role;
	t->columns = columns;
	t->column_count = column_count;
	return *vec_push(&r->tables) = t;
}

void report_put_first(struct report *r, const struct report_table *t)
{
	size_t at = 0;
	struct report_table *moved;

	while (r->tables.ptr[at] != t)
		at++;
	moved = r->tables.ptr[at];
	memmove(r->tables.ptr + 1, r->tables.ptr, at * sizeof(moved));
	r->tables.ptr[0] = moved;
}

void report_add_cell(struct report *r, struct report_table *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	*vec_push(&t->cells) = format_into(&r->arena, fmt, ap);
	va_end(ap);
}

void report_add_words(struct report *r, struct report_table *t, const char *words)
{
	*vec_push(&t->words) = t->cells.len;
	report_add_cell(r, t, "%s", words);
}

static bool is_json(const char *text)
{
	AUTO_JSON json_t *parsed = json_loads(text, 0, NULL);

	return parsed != NULL;
}

void report_add_chart(struct report *r, const char *id, const char *title, const char *alt,
    const char *table_id, const char *spec)
{
	struct report_chart *chart = vec_push(&r->charts);

	assert(is_json(spec));
	chart->id = copy(r, id);
	chart->title = copy(r, title);
	chart->alt = copy(r, alt);
	chart->table_id = copy(r, table_id);
	chart->spec = copy(r, spec);
}

void report_set_search(struct report *r, const char *label)
{
	r->search = copy(r, label);
}

size_t report_rows(const struct report_table *t)
{
	assert(t->cells.len % t->column_count == 0);
	return t->cells.len / t->column_count;
}
