#include "link/synth_report.h"

#include "base/version.h"
#include "io/file.h"
#include "io/json.h"

#include <inttypes.h>

static void add_options(struct json_writer *w, const struct link_synth_options *o)
{
	json_set_text(w, "tool", "hygie link synth");
	json_set_text(w, "version", hygie_version());
	json_set_int(w, "seed", (int64_t)o->seed);
	json_set_int(w, "records", (int64_t)o->records);
	json_set_int(w, "centres", o->centres);
	json_key(w, "duplicates");
	json_add_double(w, o->duplicates);
	json_key(w, "error_rate");
	json_add_double(w, o->error_rate);
	json_set_text(w, "format", table_format_suffix(o->format));
}

static void add_errors(struct json_writer *w, const struct link_synth_result *r)
{
	json_key(w, "errors");
	json_begin_array(w);
	for (int e = 0; e < SYNTH_ERRORS; e++) {
		json_begin_object(w);
		json_set_text(w, "error", r->names[e]);
		json_key(w, "rate");
		json_add_double(w, r->rates[e]);
		json_set_int(w, "applies", (int64_t)r->errors[e].applies);
		json_set_int(w, "applied", (int64_t)r->errors[e].applied);
		json_end_object(w);
	}
	json_end_array(w);
}

int synth_manifest_write(const struct link_synth_options *o, struct link_synth_result *result,
    const char *folder, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = path_join(folder, OUT_FOLDER_MANIFEST);
	struct json_writer w = {.out = &text, .indent = 2};

	if (made_files_hash(result->files.ptr, result->files.len, folder, o->threads, err) < 0)
		return -1;
	json_begin_object(&w);
	add_options(&w, o);
	json_set_int(&w, "people", (int64_t)result->people);
	json_set_int(&w, "present", (int64_t)result->present);
	json_set_int(&w, "faulty", (int64_t)result->faulty);
	made_files_write(&w, result->files.ptr, result->files.len);
	add_errors(&w, result);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}

static void report_files(struct report *doc, const struct link_synth_result *r)
{
	static const struct report_column columns[] = {
	    {"file", "File", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	    {"bytes", "Bytes", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(doc, "files", "Files", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));

	for (size_t i = 0; i < r->files.len; i++) {
		report_add_cell(doc, t, "%s", r->files.ptr[i].name);
		report_add_cell(doc, t, "%" PRId64, r->files.ptr[i].rows);
		report_add_cell(doc, t, "%" PRIu64, r->files.ptr[i].bytes);
	}
}

static void report_errors(struct report *doc, const struct link_synth_result *r)
{
	static const struct report_column columns[] = {
	    {"error", "Error", REPORT_TEXT},
	    {"applies", "Records it can happen to", REPORT_COUNT},
	    {"applied", "Applied", REPORT_COUNT},
	    {"share", "Share", REPORT_PERCENT},
	    {"rate", "Rate", REPORT_PERCENT},
	};
	struct report_table *t = report_add_table(doc, "errors", "Errors",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	for (int e = 0; e < SYNTH_ERRORS; e++) {
		const struct link_synth_count *c = &r->errors[e];

		report_add_cell(doc, t, "%s", r->names[e]);
		report_add_cell(doc, t, "%" PRIu64, c->applies);
		report_add_cell(doc, t, "%" PRIu64, c->applied);
		if (c->applies)
			report_add_cell(doc, t, "%.6f", (double)c->applied / (double)c->applies);
		else
			report_add_cell(doc, t, "%s", "");
		report_add_cell(doc, t, "%.6f", r->rates[e]);
	}
}

struct report *link_synth_report(const struct link_synth_options *o,
    const struct link_synth_result *r)
{
	struct report *doc = report_new("Synthetic people to link",
	    "No real person is behind any row.");

	report_add_counts(doc, "records", "Records", "%" PRIu64, r->records);
	report_add_counts(doc, "people", "People drawn from", "%" PRIu64, r->people);
	report_add_counts(doc, "present", "People with a record", "%" PRIu64, r->present);
	report_add_counts(doc, "faulty", "Records with an error", "%" PRIu64, r->faulty);
	report_add_fact(doc, "seed", "Seed", "%" PRIu64, o->seed);
	report_files(doc, r);
	report_errors(doc, r);
	return doc;
}
