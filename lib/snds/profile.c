#include "snds/profile.h"

#include "base/embed.h"
#include "snds/data_file.h"
#include "table/folder.h"
#include "table/query.h"

#include <math.h>
#include <stdio.h>

/* Of the published figures: rows over four years. */
static const double YEARS = 4;
/* Place of the verdict in a row of the table. */
enum { VERDICT = 5 };

struct profile {
	struct table_db *db;
	struct table_source *source;
	int first, last; /* years of T_MCOaaB */
	double patients;
};

/* "T_MCO18B" is 2018 of T_MCOaaB; 0 for any other name. */
static int year_of(const char *name, const char *table)
{
	const char *digits = strstr(table, "aa");
	size_t head = digits ? (size_t)(digits - table) : 0;
	struct view text = VIEW(name);
	int64_t year;

	if (!digits || text.len != strlen(table) ||
	    !view_eq_nocase((struct view){name, head}, (struct view){table, head}) ||
	    !view_eq_nocase(VIEW(name + head + 2), VIEW(digits + 2)) ||
	    !view_to_i64((struct view){name + head, 2}, &year))
		return 0;
	return 2000 + (int)year;
}

/* Whether a table is there with the column that a measure needs besides; NULL: none. */
static int holds(const struct profile *p, const char *table, const char *column, bool *ret,
    struct err *err)
{
	*ret = table_source_has(p->source, table);
	return *ret && column ? table_source_has_column(p->source, table, column, ret, err) : 0;
}

static int add_relation(const struct profile *p, const char *table, const char *column,
    struct str *ret, struct err *err)
{
	bool here = false;

	if (holds(p, table, column, &here, err) < 0)
		return -1;
	if (here)
		str_addf(ret, "%sFROM %s", ret->len ? " UNION ALL BY NAME " : "(",
		    table_source_relation(p->source, table));
	return 0;
}

/* What stands behind FROM for a table, all its years together; empty when there is none. */
static int relation_of(const struct profile *p, const char *table, const char *column,
    struct str *ret, struct err *err)
{
	if (add_relation(p, table, column, ret, err) < 0)
		return -1;
	for (size_t i = 0; i < table_source_count(p->source); i++) {
		const char *name = table_source_name(p->source, i);

		if (year_of(name, table) && add_relation(p, name, column, ret, err) < 0)
			return -1;
	}
	if (ret->len)
		str_addc(ret, ')');
	return 0;
}

struct kind {
	const char *name, *file;
	int decimals;
	const char *column; /* that an extraction may lack; NULL: none */
};

static const struct kind kinds[] = {
    {"rows", "snds/sql/profile_rows.sql", 1, NULL},
    {"yearly", "snds/sql/profile_rows.sql", 3, NULL},
    {"thousand", "snds/sql/profile_rows.sql", 1, NULL},
    {"ratio", "snds/sql/profile_rows.sql", 2, NULL},
    {"prefix", "snds/sql/profile_prefix.sql", 1, NULL},
    {"length", "snds/sql/profile_length.sql", 1, NULL},
    {"women", "snds/sql/profile_women.sql", 3, NULL},
    {"old", "snds/sql/profile_old.sql", 3, NULL},
    {"short", "snds/sql/profile_short.sql", 3, NULL},
    {"chapter", "snds/sql/profile_chapter.sql", 3, NULL},
    {"age", "snds/sql/profile_age.sql", 1, "AGE_ANN"},
    {"sex", "snds/sql/profile_sex.sql", 3, "COD_SEX"},
};

/* The one number that an SQL file gives of a table; `found` is false without the table. */
static int ask(const struct profile *p, const struct kind *kind, const char *table,
    struct view argument, bool *ret_found, double *ret, struct err *err)
{
	AUTO_STR struct str relation = {0};
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	const struct table_param params[] = {
	    TABLE_TEXT("argument", argument),
	    TABLE_I64("year", p->first),
	};
	int rc;

	if (relation_of(p, table, kind->column, &relation, err) < 0)
		return -1;
	*ret_found = relation.len > 0;
	if (!*ret_found)
		return 0;
	table_fill(&sql, embed_find(kind->file), TABLE_WORDS({"table", str_get(&relation)}));
	if (table_query_open(&q, p->db, table, str_view(&sql),
		(struct table_params){params, ARRAY_LEN(params)}, err) < 0)
		return -1;
	rc = table_query_next(q, err);
	if (rc > 0)
		*ret = table_query_double(q, 0)[0];
	return rc < 0 ? -1 : 0;
}

static const struct kind *find_kind(struct view name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (view_eq(name, VIEW(kinds[i].name)))
			return &kinds[i];
	}
	return NULL;
}

/* A count in the unit of its kind. */
static int scale(const struct profile *p, const struct kind *kind, struct view argument,
    bool *ret_found, double *value, struct err *err)
{
	double years = p->last - p->first + 1, other = 0;
	AUTO_STR struct str table = {0};

	if (strcmp(kind->name, "rows") == 0) {
		*value *= YEARS / years / p->patients;
	} else if (strcmp(kind->name, "yearly") == 0) {
		*value /= years * p->patients;
	} else if (strcmp(kind->name, "thousand") == 0) {
		*value *= 1000 / (years * p->patients);
	} else if (strcmp(kind->name, "ratio") == 0) {
		str_add(&table, argument);
		if (ask(p, kind, str_get(&table), argument, ret_found, &other, err) < 0)
			return -1;
		*ret_found = *ret_found && other > 0;
		*value /= MAX(other, 1);
	}
	return 0;
}

/* "idem; more" is the source of the row before, and more. */
static void add_source(struct report *r, struct report_table *t, struct view source)
{
	const struct view idem = VIEW_LIT("idem");
	const char *above = "";

	if (!view_starts(source, idem)) {
		report_add_cell(r, t, "%.*s", VIEW_ARG(source));
		return;
	}
	if (t->cells.len >= t->column_count)
		above = t->cells.ptr[t->cells.len - t->column_count];
	report_add_cell(r, t, "%.*s%.*s", (int)strcspn(above, ";"), above,
	    (int)(source.len - idem.len), source.ptr + idem.len);
}

/* The value here, its ratio to the published one, and whether that is near enough. */
static void add_value(struct report *r, struct report_table *t, const struct kind *kind,
    bool found, double value, double published, double tolerance)
{
	double ratio = value / published;

	if (found) {
		report_add_cell(r, t, "%.*f", kind->decimals, value);
		report_add_cell(r, t, "%.2f", ratio);
	} else {
		report_add_cell(r, t, "%s", "");
		report_add_cell(r, t, "%s", "");
	}
	report_add_cell(r, t, "%.2f", tolerance);
	report_add_cell(r, t, "%s", !found ? "" : fabs(ratio - 1) <= tolerance ? "within"
									       : "outside");
}

static int add_measure(struct report *r, struct report_table *t, const struct profile *p,
    struct data_file *f, struct err *err)
{
	const struct kind *kind = find_kind(data_text(f, 1));
	double published = data_number(f, 4), tolerance = data_number(f, 5), value = 0;
	struct view argument = data_text(f, 3);
	AUTO_STR struct str table = {0};
	bool found = false;

	if (!kind)
		return err_set(err, ERR_INTERNAL, "profile.csv: unknown kind");
	str_add(&table, data_text(f, 2));
	if (ask(p, kind, str_get(&table), argument, &found, &value, err) < 0 ||
	    (found && scale(p, kind, argument, &found, &value, err) < 0))
		return -1;
	report_add_cell(r, t, "%.*s", VIEW_ARG(data_text(f, 0)));
	report_add_cell(r, t, "%.*f", kind->decimals, published);
	add_value(r, t, kind, found, value, published, tolerance);
	add_source(r, t, data_text(f, 6));
	return 0;
}

static int add_measures(struct report *r, const struct profile *p, struct err *err)
{
	static const char *const columns[] = {"measure", "kind", "tables", "argument", "published",
	    "tolerance", "source"};
	static const struct report_column shown[] = {
	    {"measure", "Measure", REPORT_TEXT},
	    {"published", "Published", REPORT_NUMBER},
	    {"value", "Here", REPORT_NUMBER},
	    {"ratio", "Ratio", REPORT_NUMBER},
	    {"tolerance", "Tolerance", REPORT_NUMBER},
	    {"verdict", "Verdict", REPORT_TEXT},
	    {"source", "Source", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "measures", "Beside published figures",
	    REPORT_SHOWN | REPORT_EXPORTED, shown, ARRAY_LEN(shown));
	AUTO_DATA struct data_file f;

	data_open(&f, &r->arena, "snds/data/profile.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		if (add_measure(r, t, p, &f, err) < 0)
			return -1;
	}
	return data_end(&f, err);
}

static int find_years(struct profile *p, const char *folder, struct err *err)
{
	static const struct kind patients = {"", "snds/sql/profile_patients.sql", 0, NULL};
	bool found = false;

	for (size_t i = 0; i < table_source_count(p->source); i++) {
		int year = year_of(table_source_name(p->source, i), "T_MCOaaB");

		if (!year)
			continue;
		p->first = p->first ? MIN(p->first, year) : year;
		p->last = MAX(p->last, year);
	}
	if (!p->first)
		return err_set(err, ERR_FORMAT, "%s: table T_MCOaaB is missing for every year",
		    folder);
	if (ask(p, &patients, "IR_BEN_R", VIEW_LIT(""), &found, &p->patients,
		err) < 0)
		return -1;
	if (!found || p->patients < 1)
		return err_set(err, ERR_FORMAT, "%s: table IR_BEN_R is missing or empty", folder);
	return 0;
}

static void add_chart(struct report *r)
{
	const struct report_table *t = r->tables.ptr[0];
	AUTO_FREE char *alt = NULL;
	size_t within = 0, measured = 0;

	for (size_t i = VERDICT; i < t->cells.len; i += t->column_count) {
		measured += t->cells.ptr[i][0] != 0;
		within += strcmp(t->cells.ptr[i], "within") == 0;
	}
	alt = str_format("%zu of %zu measures are within their tolerance", within, measured);
	report_add_chart(r, "ratios", "Beside published figures", alt, "measures",
	    embed_find("snds/data/chart_profile.json").ptr);
}

int snds_profile_run(struct report **ret, const char *folder, const struct table_options *options,
    struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_SOURCE struct table_source *source = NULL;
	AUTO_REPORT struct report *r = report_new("SNDS profile",
	    "Sizes of a folder of SNDS tables beside published figures.");
	struct profile p = {0};

	if (table_open(&db, options, err) < 0 ||
	    table_source_open(&source, db, folder, err) < 0)
		return -1;
	p.db = db;
	p.source = source;
	if (find_years(&p, folder, err) < 0)
		return -1;
	report_add_fact(r, "folder", "Folder", "%s", folder);
	report_add_fact(r, "patients", "Patients", "%.0f", p.patients);
	report_add_fact(r, "years", "Years of T_MCO", "%d-%d", p.first, p.last);
	if (add_measures(r, &p, err) < 0)
		return -1;
	add_chart(r);
	*ret = r;
	r = NULL;
	return 0;
}
