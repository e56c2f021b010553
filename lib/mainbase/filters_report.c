#include "mainbase/filters_report.h"

#include "base/embed.h"

#include <inttypes.h>

static const struct report_column count_columns[] = {
    {"source", "Source", REPORT_TEXT},
    {"filter", "Filter", REPORT_TEXT},
    {"title", "What goes", REPORT_TEXT},
    {"rows_in", "Rows in", REPORT_COUNT},
    {"removed", "Removed", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
    {"state", "State", REPORT_TEXT},
};

static const struct report_column name_columns[] = {
    {"filter", "Filter", REPORT_TEXT},
    {"title", "What goes", REPORT_TEXT},
    {"tables", "Rows of", REPORT_TEXT},
    {"may_be_off", "Optional", REPORT_TEXT},
};

static const struct report_column rule_columns[] = {
    {"filter", "Filter", REPORT_TEXT},
    {"title", "What goes", REPORT_TEXT},
    {"title_fr", "En français", REPORT_TEXT},
    {"tables", "Rows of", REPORT_TEXT},
    {"rule", "Rule", REPORT_TEXT},
    {"may_be_off", "May be switched off", REPORT_TEXT},
    {"source", "Source", REPORT_TEXT},
};

/* Into a table of count_columns, with or without the last. */
static void add_count(struct report *doc, struct report_table *t, const struct mainbase_filter *f)
{
	report_add_cell(doc, t, "%s", f->table);
	report_add_cell(doc, t, "%s", f->id);
	report_add_cell(doc, t, "%s", f->title);
	report_add_cell(doc, t, "%" PRId64, f->rows_in);
	report_add_cell(doc, t, "%" PRId64, f->removed);
	if (f->rows_in > 0)
		report_add_cell(doc, t, "%.6f", (double)f->removed / (double)f->rows_in);
	else
		report_add_cell(doc, t, "%s", "");
	if (t->column_count == ARRAY_LEN(count_columns))
		report_add_cell(doc, t, "%s", f->is_off ? "off" : "on");
}

/* Of all tables: a bar of the chart. */
static int64_t removed_by(const struct mainbase_filters *f, const char *title)
{
	int64_t sum = 0;

	for (size_t i = 0; i < f->items.len; i++)
		if (strcmp(f->items.ptr[i].title, title) == 0)
			sum += f->items.ptr[i].removed;
	return sum;
}

static void add_chart(struct report *doc, const struct mainbase_filters *f)
{
	AUTO_STR struct str alt = {0};
	const char *most = NULL;
	int64_t removed = 0;

	for (size_t i = 0; i < f->items.len; i++) {
		int64_t sum = removed_by(f, f->items.ptr[i].title);

		if (sum > removed) {
			removed = sum;
			most = f->items.ptr[i].title;
		}
	}
	if (!most)
		return;
	str_addf(&alt, "the most, %" PRId64 ", by '%s'", removed, most);
	report_add_chart(doc, "removed_rows", "Rows removed by each filter", str_get(&alt),
	    "removed", embed_find("mainbase/data/chart_removed.json").ptr);
}

static void note_what_is_off(struct report *doc, const struct mainbase_filters *f)
{
	AUTO_STR struct str ids = {0};

	for (size_t i = 0; i < f->items.len; i++)
		if (f->items.ptr[i].is_off && mainbase_filters_first(f, i))
			str_addf(&ids, "%s%s", ids.len ? ", " : "", f->items.ptr[i].id);
	if (ids.len)
		report_add_note(doc, "switched off: %s", str_get(&ids));
}

/* Filters with nothing to remove are of interest to few: they fold away. */
void mainbase_report_counts(struct report *doc, const struct mainbase_filters *f)
{
	struct report_table *some = report_add_table(doc, "removed", "What the filters removed",
	    REPORT_SHOWN, count_columns, ARRAY_LEN(count_columns) - 1);
	struct report_table *all = report_add_table(doc, "filters", "Every filter and its count",
	    REPORT_DETAIL, count_columns, ARRAY_LEN(count_columns));

	for (size_t i = 0; i < f->items.len; i++) {
		add_count(doc, all, &f->items.ptr[i]);
		if (f->items.ptr[i].removed > 0)
			add_count(doc, some, &f->items.ptr[i]);
	}
	report_add_note(doc,
	    "%zu filters removed nothing; --format json and the page of --report list all %zu",
	    f->items.len - report_rows(some), f->items.len);
	note_what_is_off(doc, f);
	add_chart(doc, f);
}

/* The tables of all lines of one rule. */
static void add_tables(struct str *out, const struct mainbase_filters *f, const char *id)
{
	for (size_t i = 0; i < f->items.len; i++)
		if (strcmp(f->items.ptr[i].id, id) == 0)
			str_addf(out, "%s%s", out->len ? "; " : "", f->items.ptr[i].table);
}

static void add_names(struct report *doc, const struct mainbase_filters *f)
{
	struct report_table *t = report_add_table(doc, "names", "Filters", REPORT_SHOWN,
	    name_columns, ARRAY_LEN(name_columns));

	for (size_t i = 0; i < f->items.len; i++) {
		const struct mainbase_filter *o = &f->items.ptr[i];
		AUTO_STR struct str tables = {0};

		if (!mainbase_filters_first(f, i))
			continue;
		add_tables(&tables, f, o->id);
		report_add_cell(doc, t, "%s", o->id);
		report_add_cell(doc, t, "%s", o->title);
		report_add_cell(doc, t, "%s", str_get(&tables));
		report_add_cell(doc, t, "%s", o->may_be_off ? "yes" : "no");
	}
}

static void add_rules(struct report *doc, const struct mainbase_filters *f, unsigned role)
{
	struct report_table *t = report_add_table(doc, "rules", "The rules and their sources", role,
	    rule_columns, ARRAY_LEN(rule_columns));

	for (size_t i = 0; i < f->items.len; i++) {
		const struct mainbase_filter *o = &f->items.ptr[i];
		AUTO_STR struct str tables = {0};

		if (!mainbase_filters_first(f, i))
			continue;
		add_tables(&tables, f, o->id);
		report_add_cell(doc, t, "%s", o->id);
		report_add_cell(doc, t, "%s", o->title);
		report_add_cell(doc, t, "%s", o->title_fr);
		report_add_cell(doc, t, "%s", str_get(&tables));
		report_add_cell(doc, t, "%s", o->rule);
		report_add_cell(doc, t, "%s", o->may_be_off ? "yes" : "no");
		report_add_cell(doc, t, "%s", o->source);
	}
}

void mainbase_report_rules(struct report *doc, const struct mainbase_filters *f)
{
	add_rules(doc, f, REPORT_DETAIL);
}

struct report *mainbase_rules_report(const struct mainbase_filters *f)
{
	struct report *doc = report_new("The business rules of the SNDS",
	    "Each is a named filter, applied in one place and counted in every output. --without "
	    "switches an optional one off.");

	add_names(doc, f);
	add_rules(doc, f, REPORT_DETAIL | REPORT_EXPORTED);
	report_add_note(doc, "--format csv or --report FILE: what each rule says, and its source");
	return doc;
}

void mainbase_json_counts(struct json_writer *w, const struct mainbase_filters *f)
{
	json_key(w, "filters");
	json_begin_array(w);
	for (size_t i = 0; i < f->items.len; i++) {
		const struct mainbase_filter *o = &f->items.ptr[i];

		json_begin_object(w);
		json_set_text(w, "stage", o->stage);
		json_set_text(w, "filter", o->id);
		json_set_int(w, "rows_in", o->rows_in);
		json_set_int(w, "removed", o->removed);
		json_end_object(w);
	}
	json_end_array(w);
}
