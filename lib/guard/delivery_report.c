#include "guard/delivery_report.h"

#include "guard/fault.h"
#include "guard/sensitive.h"

#include <inttypes.h>
#include <stdio.h>

static const struct report_column file_columns[] = {
    {"section", "Part", REPORT_TEXT},
    {"file", "File", REPORT_TEXT},
    {"format", "Format", REPORT_WORDS},
    {"rows", "Rows", REPORT_COUNT},
    {"bytes", "Bytes", REPORT_COUNT},
    {"variables", "Variables", REPORT_COUNT},
    {"faults", "Faults", REPORT_COUNT},
    {"direct", "Direct identifiers", REPORT_COUNT},
    {"state", "State", REPORT_WORDS},
};

static const struct report_column remark_columns[] = {
    {"file", "File", REPORT_TEXT},
    {"remark", "Remark", REPORT_WORDS},
    {"what", "What", REPORT_WORDS},
    {"fault", "Fault", REPORT_WORDS},
};

/* What a reader of many files needs at once; the rest of a part is folded. */
static const char *const shown[] = {"verdict", "changes", "sensitive", "faults", NULL};

void guard_many_begin(struct guard_many *m)
{
	*m = (struct guard_many){0};
	m->doc = report_new("What stands in the files",
	    "Every row was read. No value of a person is shown.");
	m->files = report_add_table(m->doc, "files", "Files", REPORT_SHOWN | REPORT_EXPORTED,
	    file_columns, ARRAY_LEN(file_columns));
	report_add_note(m->doc, "%s", GUARD_NOTE_CLASSES);
}

/* An empty table is told as its state. */
static size_t count_faults(const struct guard_structure *s)
{
	struct guard_places unused;
	size_t n = 0;

	for (size_t i = 0; i < guard_fault_count; i++)
		n += guard_fault_find(&guard_faults[i], s, &unused) &&
		     strcmp(guard_faults[i].id, "no_rows") != 0;
	return n;
}

static const char *state_of(const struct guard_csv *c, size_t findings)
{
	if (findings)
		return "findings";
	return c->structure.rows ? "clean" : "no row";
}

static size_t count_direct(const struct guard_findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->columns.len; i++)
		n += f->columns.ptr[i].kind && f->columns.ptr[i].class == GUARD_CLASS_DIRECT;
	return n;
}

static void begin_file(struct guard_many *m, const struct guard_item *item)
{
	m->count++;
	report_add_cell(m->doc, m->files, "%zu", m->count);
	report_add_cell(m->doc, m->files, "%s", item->name);
}

/* What the table of files says already, or the first note, is not said for each. */
static void add_notes(struct guard_many *m, const struct report *part, const char *name)
{
	static const char *const known[] = {GUARD_NOTE_CLASSES, GUARD_NOTE_SOUND,
	    GUARD_NOTE_NOBODY};

	for (size_t i = 0; i < part->notes.len; i++) {
		bool is_known = false;

		for (size_t k = 0; k < ARRAY_LEN(known); k++)
			is_known = is_known || strcmp(part->notes.ptr[i], known[k]) == 0;
		if (!is_known)
			report_add_note(m->doc, "%s: %s", name, part->notes.ptr[i]);
	}
}

void guard_many_add(struct guard_many *m, const struct guard_item *item, const struct guard_csv *c,
    const struct guard_findings *f, const struct report *part, bool has_drift,
    const char *verdict)
{
	size_t faults = count_faults(&c->structure), direct = count_direct(f);
	char id[24];

	begin_file(m, item);
	m->rows += c->structure.rows;
	m->with_faults += faults > 0;
	m->with_direct += direct > 0;
	report_add_cell(m->doc, m->files, "%s", guard_format_name(c->format));
	report_add_cell(m->doc, m->files, "%" PRIu64, c->structure.rows);
	report_add_cell(m->doc, m->files, "%" PRIu64, c->structure.bytes);
	report_add_cell(m->doc, m->files, "%zu", c->dialect.names.len);
	report_add_cell(m->doc, m->files, "%zu", faults);
	report_add_cell(m->doc, m->files, "%zu", direct);
	report_add_cell(m->doc, m->files, "%s%s%s", state_of(c, faults + direct + has_drift),
	    verdict ? ": " : "", verdict ? verdict : "");
	(void)snprintf(id, sizeof(id), "file%zu", m->count);
	report_add_part(m->doc, part, id, item->name, shown);
	add_notes(m, part, item->name);
}

void guard_many_fail(struct guard_many *m, const struct guard_item *item, const struct err *why)
{
	begin_file(m, item);
	m->unread++;
	for (size_t i = 2; i + 1 < ARRAY_LEN(file_columns); i++)
		report_add_cell(m->doc, m->files, "%s", "");
	report_add_cell(m->doc, m->files, "not read: %s", why->msg);
}

void guard_many_end(struct guard_many *m, const struct guard_delivery *d)
{
	struct report_table *t = report_add_table(m->doc, "delivery",
	    "What was left out, and what is not as the manifest says",
	    d->remarks.len ? REPORT_SHOWN : REPORT_DETAIL, remark_columns,
	    ARRAY_LEN(remark_columns));

	for (size_t i = 0; i < d->remarks.len; i++) {
		report_add_cell(m->doc, t, "%s", d->remarks.ptr[i].name);
		report_add_cell(m->doc, t, "%s", d->remarks.ptr[i].id);
		report_add_cell(m->doc, t, "%s", d->remarks.ptr[i].what);
		report_add_cell(m->doc, t, "%s", d->remarks.ptr[i].is_fault ? "yes" : "no");
	}
	report_add_fact(m->doc, "files", "Files", "%zu", m->count);
	report_add_fact(m->doc, "rows", "Rows", "%" PRIu64, m->rows);
	report_add_fact(m->doc, "with_faults", "With faults", "%zu", m->with_faults);
	report_add_fact(m->doc, "with_direct", "With direct identifiers", "%zu", m->with_direct);
	report_add_fact(m->doc, "unread", "Not read", "%zu", m->unread);
}
