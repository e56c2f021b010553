/* Events, month by month of their first day, and persons. */
#include "base/embed.h"
#include "io/file.h"
#include "mainbase/events.h"
#include "snds/flatten_inside.h"
#include "table/query.h"

#include <inttypes.h>

static const struct flat_table event = {.family = "event", .name = "event"};
static const struct flat_table person = {.family = "person", .name = "person"};

struct month_list {
	VEC(int64_t) items; /* year * 100 + month; 0: before the data */
};

static int read_months(struct flatten *f, struct month_list *ret, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, f->db, "event", embed_find("snds/sql/flatten_event_months.sql"),
		TABLE_PARAMS(TABLE_DATE("first", f->result->base.first_day)), err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			if (flat_in_range(f, table_query_i64(q, 0)[i]))
				*vec_push(&ret->items) = table_query_i64(q, 0)[i];
	return rc;
}

static int copy_month(struct flatten *f, int64_t month, struct err *err)
{
	AUTO_FREE char *name = month ? str_format("%04" PRId64 "-%02" PRId64, month / 100,
					   month % 100)
	                             : mem_strdup("before");
	AUTO_FREE char *path = str_format("event/%s.parquet", name);
	char first[DATE_TEXT_SIZE], next[DATE_TEXT_SIZE];
	AUTO_STR struct str when = {0};
	AUTO_STR struct str sql = {0};

	if (month) {
		date_t day = date_from_civil((int)(month / 100), (int)(month % 100), 1);

		str_addf(&when, "first_day >= DATE '%s' AND first_day < DATE '%s'",
		    date_format(MAX(day, f->result->base.first_day), first),
		    date_format(date_add_months(day, 1), next));
	} else {
		str_addf(&when, "first_day < DATE '%s' OR first_day IS NULL",
		    date_format(f->result->base.first_day, first));
	}
	flat_fill(f, &sql, "snds/sql/flatten_event.sql", TABLE_WORDS({"when", str_get(&when)}));
	return flat_copy(f, str_get(&sql), &event, name, path, err);
}

int flat_events(struct flatten *f, struct err *err)
{
	AUTO_EVENTS struct mainbase_events events = {0};
	AUTO_FREE char *folder = path_join(f->folder, "event");
	struct month_list months = {0};
	int rc;

	if (mainbase_events_load(&events, err) < 0 ||
	    mainbase_events_view(&f->result->base, &events, NULL, err) < 0 ||
	    path_make_folder(folder, err) < 0)
		return -1;
	progress_start(f->options->progress, "events", NULL, 100);
	rc = read_months(f, &months, err);
	for (size_t i = 0; rc == 0 && i < months.items.len; i++)
		rc = copy_month(f, months.items.ptr[i], err);
	progress_end(f->options->progress);
	vec_clear(&months.items);
	return rc;
}

int flat_persons(struct flatten *f, struct err *err)
{
	AUTO_STR struct str sql = {0};

	flat_fill(f, &sql, "snds/sql/flatten_person.sql", NULL, 0);
	return flat_copy(f, str_get(&sql), &person, "", "person.parquet", err);
}
