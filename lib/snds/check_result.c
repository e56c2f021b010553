/* What a check found, as a document. */
#include "snds/check.h"

#include <inttypes.h>

static const char *const severity_words[SNDS_SEVERITIES] = {"note", "warning", "error"};

static void add_count(struct report *r, struct report_table *t, int64_t n)
{
	report_add_cell(r, t, "%" PRId64, n);
}

static void add_row(struct report *r, struct report_table *t, const struct snds_checked *c)
{
	bool wrong = c->violations > 0;

	report_add_cell(r, t, "%s", wrong ? severity_words[c->rule->severity] : "passed");
	report_add_cell(r, t, "%s", c->rule->id);
	report_add_cell(r, t, "%s", c->table);
	report_add_cell(r, t, "%s", c->column);
	add_count(r, t, c->violations);
	add_count(r, t, c->rows);
	if (c->rows > 0)
		report_add_cell(r, t, "%.6g", (double)c->violations / (double)c->rows);
	else
		report_add_cell(r, t, "%s", "");
	if (c->first_row > 0)
		add_count(r, t, c->first_row);
	else
		report_add_cell(r, t, "%s", "");
	report_add_cell(r, t, "%s", c->detail);
	report_add_cell(r, t, "%s", c->rule->what);
}

static const struct report_column check_columns[] = {
    {"severity", "Severity", REPORT_TEXT},
    {"check", "Check", REPORT_TEXT},
    {"table", "Table", REPORT_TEXT},
    {"column", "Column", REPORT_TEXT},
    {"violations", "Wrong", REPORT_COUNT},
    {"rows", "Of", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
    {"first_row", "First row", REPORT_COUNT},
    {"detail", "Detail", REPORT_TEXT},
    {"what", NULL, REPORT_TEXT},
};

static bool is_found(const struct snds_checked *c, enum snds_severity severity)
{
	return c->violations > 0 && c->rule->severity == severity;
}

static void add_findings(struct report *r, const struct snds_check_result *result)
{
	struct report_table *t = report_add_table(r, "findings", "Findings",
	    REPORT_SHOWN | REPORT_EXPORTED, check_columns, ARRAY_LEN(check_columns));

	for (int severity = SNDS_ERROR; severity > SNDS_NOTE; severity--)
		for (size_t i = 0; i < result->checks.len; i++)
			if (is_found(&result->checks.ptr[i], (enum snds_severity)severity))
				add_row(r, t, &result->checks.ptr[i]);
}

static bool same_note(const struct snds_checked *a, const struct snds_checked *b)
{
	return a->rule == b->rule && strcmp(a->pattern, b->pattern) == 0 &&
	       strcmp(a->detail, b->detail) == 0;
}

/* The first year of a table tells what the others repeat. */
static bool is_repeated(const struct snds_check_result *result, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_note(&result->checks.ptr[i], &result->checks.ptr[at]))
			return true;
	return false;
}

static void add_notes(struct report *r, const struct snds_check_result *result)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"what", "Note", REPORT_TEXT},
	    {"count", "Count", REPORT_COUNT},
	    {"of", "Of", REPORT_COUNT},
	    {"detail", "Detail", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "notes", "Notes", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));

	for (size_t i = 0; i < result->checks.len; i++) {
		const struct snds_checked *c = &result->checks.ptr[i];

		if (!is_found(c, SNDS_NOTE) || is_repeated(result, i))
			continue;
		report_add_cell(r, t, "%s", c->pattern);
		report_add_cell(r, t, "%s", c->rule->what);
		add_count(r, t, c->violations);
		add_count(r, t, c->rows);
		report_add_cell(r, t, "%s", c->detail);
	}
}

static void add_checks(struct report *r, const struct snds_check_result *result)
{
	struct report_table *t = report_add_table(r, "checks", "Every check", REPORT_DETAIL,
	    check_columns, ARRAY_LEN(check_columns));

	for (size_t i = 0; i < result->checks.len; i++)
		add_row(r, t, &result->checks.ptr[i]);
}

static void count_of(const struct snds_check_result *result, const char *table,
    int64_t ret[SNDS_SEVERITIES], int64_t *ret_checks)
{
	for (size_t i = 0; i < result->checks.len; i++) {
		const struct snds_checked *c = &result->checks.ptr[i];

		if (table && strcmp(c->table, table) != 0)
			continue;
		++*ret_checks;
		ret[c->rule->severity] += c->violations > 0;
	}
}

static void add_tables(struct report *r, const struct snds_check_result *result)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"year", "Year", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	    {"columns", "Columns", REPORT_COUNT},
	    {"checks", "Checks", REPORT_COUNT},
	    {"errors", "Errors", REPORT_COUNT},
	    {"warnings", "Warnings", REPORT_COUNT},
	    {"notes", "Notes", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(r, "tables", "Tables", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));

	for (size_t i = 0; i < result->tables.len; i++) {
		const struct snds_check_table *table = &result->tables.ptr[i];
		int64_t found[SNDS_SEVERITIES] = {0}, checks = 0;

		count_of(result, table->file, found, &checks);
		report_add_cell(r, t, "%s", table->file);
		if (table->year)
			report_add_cell(r, t, "%d", table->year);
		else
			report_add_cell(r, t, "%s", "");
		add_count(r, t, table->rows);
		add_count(r, t, (int64_t)table->columns);
		add_count(r, t, checks);
		for (int s = SNDS_ERROR; s >= SNDS_NOTE; s--)
			add_count(r, t, found[s]);
	}
}

static void add_unread(struct report *r, const struct snds_check_result *result)
{
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < result->unread.len; i++)
		str_addf(&names, "%s%s", i ? ", " : "", result->unread.ptr[i]);
	if (names.len)
		report_add_note(r, "Not checked, because their codes are not here "
				   "(--nomenclatures names a folder): %s.",
		    str_get(&names));
}

struct report *snds_check_report(const struct snds_check_result *result, const char *folder,
    const char *schema)
{
	int64_t found[SNDS_SEVERITIES] = {0}, checks = 0;
	struct report *r = report_new("SNDS check",
	    "Do the tables agree with the schema? Violations are counted, never shown.");

	count_of(result, NULL, found, &checks);
	report_add_fact(r, "folder", "Folder", "%s", folder);
	report_add_fact(r, "schema", "Schema", "%s", schema);
	report_add_fact(r, "tables", "Tables", "%zu", result->tables.len);
	report_add_fact(r, "checks", "Checks", "%" PRId64, checks);
	report_add_fact(r, "errors", "Errors", "%" PRId64, found[SNDS_ERROR]);
	report_add_fact(r, "warnings", "Warnings", "%" PRId64, found[SNDS_WARNING]);
	report_add_fact(r, "notes", "Notes", "%" PRId64, found[SNDS_NOTE]);
	add_findings(r, result);
	add_tables(r, result);
	add_notes(r, result);
	add_checks(r, result);
	add_unread(r, result);
	return r;
}
