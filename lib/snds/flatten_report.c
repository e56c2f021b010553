/* What was made: the manifest and the document. */
#include "base/embed.h"
#include "base/map.h"
#include "base/version.h"
#include "io/file.h"
#include "io/made.h"
#include "mainbase/filters_report.h"
#include "snds/flatten_inside.h"

#include <inttypes.h>

static void add_files(struct json_writer *w, const struct snds_flatten_result *r)
{
	json_key(w, "files");
	json_begin_array(w);
	for (size_t i = 0; i < r->files.len; i++) {
		const struct snds_flatten_file *f = &r->files.ptr[i];

		json_begin_object(w);
		json_set_text(w, "family", f->family);
		json_set_text(w, "table", f->table);
		json_set_text(w, "month", f->month);
		json_set_text(w, "file", f->path);
		made_write(w, f->rows, f->bytes, f->sha256);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_fates(struct json_writer *w, const struct snds_flatten_result *r)
{
	json_key(w, "rows");
	json_begin_array(w);
	for (size_t i = 0; i < r->fates.len; i++) {
		const struct snds_flatten_fate *f = &r->fates.ptr[i];

		json_begin_object(w);
		json_set_text(w, "table", f->table);
		json_key(w, "filter");
		if (f->filter)
			json_add_text(w, VIEW(f->filter));
		else
			json_add_null(w);
		json_set_int(w, "rows", f->rows);
		json_end_object(w);
	}
	json_end_array(w);
}

int flat_manifest(const struct flatten *f, struct err *err)
{
	AUTO_FREE char *path = path_join(f->folder, "manifest.json");
	const struct snds_flatten_result *r = f->result;
	AUTO_STR struct str text = {0};
	struct json_writer w = {.out = &text, .indent = 2};
	char day[DATE_TEXT_SIZE];

	json_begin_object(&w);
	json_set_text(&w, "tool", "hygie snds flatten");
	json_set_text(&w, "version", hygie_version());
	json_set_text(&w, "first_day", date_format(r->base.first_day, day));
	json_set_text(&w, "last_day", date_format(r->base.last_day, day));
	json_key(&w, "input_manifest_sha256");
	if (*r->base.source.manifest_sha256)
		json_add_text(&w, VIEW(r->base.source.manifest_sha256));
	else
		json_add_null(&w);
	json_key(&w, "keep_filtered");
	json_add_bool(&w, r->keep_filtered);
	add_files(&w, r);
	add_fates(&w, r);
	mainbase_json_counts(&w, &r->base.filters);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}

static const struct report_column folder_columns[] = {
    {"folder", "Folder", REPORT_TEXT},
    {"table", "Table", REPORT_TEXT},
    {"files", "Months", REPORT_COUNT},
    {"rows", "Rows", REPORT_COUNT},
    {"bytes", "Bytes", REPORT_COUNT},
};

struct folder_sum {
	const struct snds_flatten_file *file;
	int64_t files, rows, bytes;
};

/* "mco/D/2018-01.parquet" is in "mco/D". */
static struct view folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (struct view){path, (size_t)(slash - path)} : VIEW(path);
}

static void add_folders(struct report *doc, const struct snds_flatten_result *r)
{
	struct report_table *t = report_add_table(doc, "folders", "What was written",
	    REPORT_SHOWN | REPORT_EXPORTED, folder_columns, ARRAY_LEN(folder_columns));
	VEC(struct folder_sum) sums = {0};
	AUTO_MAP struct map names = {0};

	for (size_t i = 0; i < r->files.len; i++) {
		const struct snds_flatten_file *f = &r->files.ptr[i];
		size_t at = (size_t)map_intern(&names, folder_of(f->path));

		if (at == sums.len)
			vec_push(&sums)->file = f;
		sums.ptr[at].files++;
		sums.ptr[at].rows += f->rows;
		sums.ptr[at].bytes += (int64_t)f->bytes;
	}
	for (size_t i = 0; i < sums.len; i++) {
		report_add_cell(doc, t, "%.*s", VIEW_ARG(names.entries.ptr[i].key));
		report_add_cell(doc, t, "%s", sums.ptr[i].file->table);
		report_add_cell(doc, t, "%" PRId64, sums.ptr[i].files);
		report_add_cell(doc, t, "%" PRId64, sums.ptr[i].rows);
		report_add_cell(doc, t, "%" PRId64, sums.ptr[i].bytes);
	}
	vec_clear(&sums);
}

static const struct report_column fate_columns[] = {
    {"table", "Table", REPORT_TEXT},
    {"rows_in", "Rows read", REPORT_COUNT},
    {"kept", "Kept", REPORT_COUNT},
    {"removed", "Removed", REPORT_COUNT},
    {"filter", "Removed most by", REPORT_TEXT},
};

/* The fates of one table stand together, those that stayed first. */
static size_t add_fate(struct report *doc, struct report_table *t,
    const struct snds_flatten_result *r, size_t at)
{
	const struct snds_flatten_fate *f = r->fates.ptr;
	int64_t all = 0, kept = 0, most = 0;
	const char *filter = "";
	size_t i = at;

	for (; i < r->fates.len && strcmp(f[i].table, f[at].table) == 0; i++) {
		all += f[i].rows;
		kept += f[i].filter ? 0 : f[i].rows;
		if (f[i].filter && f[i].rows > most) {
			most = f[i].rows;
			filter = f[i].filter;
		}
	}
	report_add_cell(doc, t, "%s", f[at].table);
	report_add_cell(doc, t, "%" PRId64, all);
	report_add_cell(doc, t, "%" PRId64, kept);
	report_add_cell(doc, t, "%" PRId64, all - kept);
	report_add_cell(doc, t, "%s", filter);
	return i;
}

static void add_fates_table(struct report *doc, const struct snds_flatten_result *r)
{
	struct report_table *t = report_add_table(doc, "rows", "What became of the rows read",
	    REPORT_SHOWN, fate_columns, ARRAY_LEN(fate_columns));

	for (size_t i = 0; i < r->fates.len;)
		i = add_fate(doc, t, r, i);
}

static const struct report_column month_columns[] = {
    {"folder", "Folder", REPORT_TEXT},
    {"month", "Month", REPORT_TEXT},
    {"day", NULL, REPORT_DATE},
    {"rows", "Rows", REPORT_COUNT},
    {"bytes", "Bytes", REPORT_COUNT},
};

/* DCIR, events and main tables, in a real month: more lines than that are not read. */
static bool is_drawn(const struct snds_flatten_file *f)
{
	return f->main && *f->month >= '0' && *f->month <= '9' && strcmp(f->month + 4, "-00") != 0;
}

static void add_months(struct report *doc, const struct snds_flatten_result *r)
{
	struct report_table *t = report_add_table(doc, "months", "Rows a month", REPORT_DETAIL,
	    month_columns, ARRAY_LEN(month_columns));

	for (size_t i = 0; i < r->files.len; i++) {
		const struct snds_flatten_file *f = &r->files.ptr[i];

		if (!is_drawn(f))
			continue;
		report_add_cell(doc, t, "%.*s", VIEW_ARG(folder_of(f->path)));
		report_add_cell(doc, t, "%s", f->month);
		report_add_cell(doc, t, "%s-01", f->month);
		report_add_cell(doc, t, "%" PRId64, f->rows);
		report_add_cell(doc, t, "%" PRIu64, f->bytes);
	}
	if (report_rows(t) > 0)
		report_add_chart(doc, "months", "Rows a month",
		    "Rows of each folder, by flux month (dcir), month of exit (stays) or of the "
		    "first day (event).",
		    "months", embed_find("snds/data/flatten_months.json").ptr);
}

static void add_notes(struct report *doc, const struct snds_flatten_result *r)
{
	report_add_note(doc, "In dcir, line 1 of each row of ER_PRS_F counts it once; its further "
			     "lines hold further rows of its children.");
	if (!r->keep_filtered)
		report_add_note(doc, "Rows that a filter removes were left out; --keep-filtered "
				     "keeps them with the name of the filter.");
	if (r->sorted.len)
		report_add_note(doc, "Months were mixed in these files, which were sorted first: "
				     "%s.",
		    str_get(&r->sorted));
}

struct report *snds_flatten_report(const struct snds_flatten_result *r, const char *from,
    const char *out)
{
	struct report *doc = report_new("SNDS without joins",
	    "Each field is a flat table a month. A row that is removed counts for the first rule "
	    "that removes it.");
	char day[DATE_TEXT_SIZE];

	report_add_fact(doc, "from", "From", "%s", from);
	report_add_fact(doc, "out", "To", "%s", out);
	report_add_fact(doc, "first_day", "First day of the data", "%s",
	    date_format(r->base.first_day, day));
	report_add_fact(doc, "last_day", "Last day of the data", "%s",
	    date_format(r->base.last_day, day));
	add_folders(doc, r);
	add_fates_table(doc, r);
	add_months(doc, r);
	mainbase_report_counts(doc, &r->base.filters);
	mainbase_report_rules(doc, &r->base.filters);
	add_notes(doc, r);
	return doc;
}
