#include "mainbase/events.h"

#include "base/embed.h"
#include "io/csv.h"

#include <assert.h>

static const char path[] = "mainbase/data/events.csv";

int mainbase_events_load(struct mainbase_events *e, struct err *err)
{
	static const char *const names[] = {"category", "care", "codes", "label_en", "label_fr"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		*vec_push(&e->items) = (struct mainbase_event){
		    .category = arena_strdup(&e->arena, csv_field(r, at[0])),
		    .care = arena_strdup(&e->arena, csv_field(r, at[1])),
		    .codes = arena_strdup(&e->arena, csv_field(r, at[2])),
		    .label = arena_strdup(&e->arena, csv_field(r, at[3])),
		    .label_fr = arena_strdup(&e->arena, csv_field(r, at[4])),
		};
	return rc;
}

void mainbase_events_clear(struct mainbase_events *e)
{
	vec_clear(&e->items);
	arena_clear(&e->arena);
}

const struct mainbase_event *mainbase_events_find(const struct mainbase_events *e,
    struct view category)
{
	for (size_t i = 0; i < e->items.len; i++)
		if (view_eq(VIEW(e->items.ptr[i].category), category))
			return &e->items.ptr[i];
	return NULL;
}

static int add_category(struct str *sql, struct mainbase *b, const struct mainbase_event *event,
    struct err *err)
{
	AUTO_FREE char *file = str_format("mainbase/sql/event/%s.sql", event->category);

	if (mainbase_make(b, event->care, err) < 0)
		return -1;
	str_addz(sql, sql->len ? " UNION ALL " : "");
	table_fill(sql, embed_find(file), NULL, 0);
	return 0;
}

static int add_categories(struct str *sql, struct mainbase *b, const struct mainbase_events *e,
    const char *categories, struct err *err)
{
	struct view rest = VIEW(categories);
	struct view name;

	while (view_next(&rest, ' ', &name)) {
		const struct mainbase_event *event = mainbase_events_find(e, name);

		assert(event);
		if (add_category(sql, b, event, err) < 0)
			return -1;
	}
	return 0;
}

int mainbase_events_view(struct mainbase *b, const struct mainbase_events *e,
    const char *categories, struct err *err)
{
	AUTO_STR struct str select = {0};
	AUTO_STR struct str sql = {0};
	int rc = 0;

	if (categories)
		rc = add_categories(&select, b, e, categories, err);
	for (size_t i = 0; rc == 0 && !categories && i < e->items.len; i++)
		rc = add_category(&select, b, &e->items.ptr[i], err);
	if (rc < 0)
		return -1;
	str_addf(&sql, "CREATE VIEW event AS %s", str_get(&select));
	return table_run(b->db, "event", str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}
