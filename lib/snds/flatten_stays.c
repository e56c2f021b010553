/*
 * The PMSI, year by year and table by table: each row finds its stay, the stay
 * its person and the rule that removes it (mainbase), then the columns of its
 * patient and of its main row. A child never meets another child.
 */
#include "base/embed.h"
#include "base/map.h"
#include "io/file.h"
#include "snds/flatten_inside.h"
#include "table/query.h"

#include <inttypes.h>

/* Where the main base tells of a field's stays. */
static const struct field {
	const char *family, *care, *number, *stage, *row_stage;
} fields[] = {
    {"mco", "stay", "rsa", "stay", ""},
    {"ace", "outpatient", "number", "cstc", ""},
    {"ssr", "ssr_stay", "number", "ssr", "ssr_row"},
    {"had", "had_stay", "number", "had", "had_row"},
    {"rip", "psychiatry_stay", "number", "psychiatry", "psychiatry_row"},
};

static const char days[] = "EXE_SOI_DTF EXE_SOI_DTD";

/* One table of one year. */
struct part {
	const struct flat_table *table;
	const char *file; /* "T_MCO18D" */
	const char *view;
	flat_columns columns;
};

struct year {
	struct flatten *f;
	const struct field *field;
	int year;
	struct part main, patient;
};

#define AUTO_YEAR AUTO(year_clear)

static void year_clear(struct year *y)
{
	vec_clear(&y->main.columns);
	vec_clear(&y->patient.columns);
}

static const struct flat_table *find(const struct flatten *f, const char *family,
    enum flat_role role)
{
	for (size_t i = 0; i < f->tables.len; i++)
		if (f->tables.ptr[i].role == role && strcmp(f->tables.ptr[i].family, family) == 0)
			return &f->tables.ptr[i];
	return NULL;
}

static const char *file_of(struct flatten *f, const struct flat_table *t, int year)
{
	return arena_format(&f->arena, "%.5s%02d%s", t->name, year % 100, t->name + 7);
}

/* Nothing happens when the folder has no such table. */
static int open_part(struct flatten *f, const struct flat_table *t, int year, const char *view,
    struct part *p, struct err *err)
{
	AUTO_FREE char *needed = NULL;

	p->table = t;
	p->file = file_of(f, t, year);
	p->view = view;
	if (!table_source_has(f->source, p->file))
		return 0;
	needed = str_format("%s %s%s%s", t->eta, t->number, *t->part ? " " : "", t->part);
	return flat_view(f, t, p->file, view, needed, &p->columns, err);
}

static bool is_there(const struct part *p)
{
	return p->table && p->columns.len;
}

/* The last day of a stay, of its patient's row `c`. */
static char *day_of(const struct part *p)
{
	struct view rest = VIEW(days);
	struct view name;
	struct str sql = {0};

	while (view_next(&rest, ' ', &name)) {
		AUTO_FREE char *column = str_format("%.*s", VIEW_ARG(name));

		if (flat_has(&p->columns, column))
			str_addf(&sql, "%sc.%s", sql.len ? ", " : "coalesce(", column);
	}
	str_addz(&sql, sql.len ? ", CAST(NULL AS DATE))" : "CAST(NULL AS DATE)");
	return str_take(&sql);
}

/* The patient's table, which the days come from; the main one where it is both. */
static int open_patient(struct year *y, struct err *err)
{
	struct flatten *f = y->f;
	const struct flat_table *t = find(f, y->field->family, FLAT_PATIENT);
	struct part *p = &y->patient;
	AUTO_FREE char *needed = NULL;

	if (!t)
		t = find(f, y->field->family, FLAT_MAIN);
	p->table = t;
	p->file = file_of(f, t, y->year);
	p->view = "flat_patient";
	if (!table_source_has(f->source, p->file))
		return 0;
	needed = str_format("%s %s", t->eta, t->number);
	/* The days are read when they are there: early years lack them. */
	for (struct view rest = VIEW(days), name; view_next(&rest, ' ', &name);) {
		AUTO_FREE char *column = str_format("%.*s", VIEW_ARG(name));
		AUTO_FREE char *before = needed;
		bool has;

		if (table_source_has_column(f->source, p->file, column, &has, err) < 0) {
			TAKE(before);
			return -1;
		}
		needed = has ? str_format("%s %s", before, column) : mem_strdup(before);
	}
	return flat_view(f, t, p->file, p->view, needed, &p->columns, err);
}

static struct table_params year_params(const struct year *y, struct table_param p[4],
    const char *name)
{
	p[0] = TABLE_I64("year", y->year);
	p[1] = TABLE_TEXT("stage", VIEW(y->field->stage));
	p[2] = TABLE_TEXT("row_stage", VIEW(y->field->row_stage));
	p[3] = TABLE_TEXT("name", VIEW(name));
	return (struct table_params){p, 4};
}

static int make_stays(struct year *y, struct err *err)
{
	AUTO_FREE char *day = day_of(&y->patient);
	struct table_param p[4];

	return flat_run(y->f, "snds/sql/flatten_stay.sql",
	    TABLE_WORDS({"care", y->field->care}, {"number", y->field->number},
		{"patient", y->patient.view}, {"day", day},
		{"patient_eta", y->patient.table->eta},
		{"patient_number", y->patient.table->number}),
	    year_params(y, p, ""), err);
}

/* The row within the stay as one text, as mainbase writes it: '' for none of them. */
static void add_part(struct str *sql, const char *alias, const char *part)
{
	struct view rest = VIEW(part);
	struct view name;
	size_t count = 0;

	while (*part && view_next(&rest, ' ', &name))
		str_addf(sql, "%scoalesce(%s.%.*s, '')", count++ ? " || " : "", alias,
		    VIEW_ARG(name));
	if (!count)
		str_addz(sql, "CAST(NULL AS STRING)");
}

static void add_join(struct str *sql, const struct part *p, const struct part *to,
    const char *alias)
{
	str_addf(sql, "LEFT JOIN %s AS %s ON %s.%s = r.%s AND %s.%s = r.%s\n", to->view, alias,
	    alias, to->table->eta, p->table->eta, alias, to->table->number, p->table->number);
	if (to->table->role == FLAT_MAIN && *to->table->part) {
		str_addz(sql, "\tAND ");
		add_part(sql, alias, to->table->part);
		str_addz(sql, " = ");
		add_part(sql, "r", p->table->part);
		str_addc(sql, '\n');
	}
}

/* Has a row of this child at most one main row? */
static bool meets_main(const struct year *y, const struct part *p)
{
	return p->table->role == FLAT_CHILD && is_there(&y->main) &&
	       strcmp(p->table->part, y->main.table->part) == 0;
}

static bool meets_patient(const struct year *y, const struct part *p)
{
	return is_there(&y->patient) && y->patient.table->role == FLAT_PATIENT &&
	       p->table->role != FLAT_PATIENT;
}

static void intern_all(struct map *taken, const char *words)
{
	struct view rest = VIEW(words);
	struct view word;

	while (view_next(&rest, ' ', &word))
		(void)map_intern(taken, word);
}

/* Columns of another table, without the key, which the row has. */
static void add_others(struct year *y, struct str *sql, struct map *taken, const char *alias,
    const struct part *p)
{
	AUTO_MAP struct map key = {0};
	flat_columns others = {0};

	intern_all(&key, p->table->eta);
	intern_all(&key, p->table->number);
	intern_all(&key, p->table->part);
	for (size_t i = 0; i < p->columns.len; i++)
		if (!map_find(&key, VIEW(p->columns.ptr[i].name)))
			*vec_push(&others) = p->columns.ptr[i];
	flat_add_columns(sql, taken, alias, flat_tag(y->f, p->table), &others);
	vec_clear(&others);
}

static int make_rows(struct year *y, const struct part *p, struct str *ret_names, struct err *err)
{
	AUTO_STR struct str joins = {0};
	AUTO_STR struct str columns = {0};
	AUTO_STR struct str part = {0};
	AUTO_MAP struct map taken = {0};
	struct table_param params[4];

	flat_add_columns(&columns, &taken, "r", "", &p->columns);
	if (meets_patient(y, p)) {
		add_join(&joins, p, &y->patient, "c");
		add_others(y, &columns, &taken, "c", &y->patient);
	}
	if (meets_main(y, p)) {
		add_join(&joins, p, &y->main, "m");
		add_others(y, &columns, &taken, "m", &y->main);
	}
	if (!columns.len)
		return 0;
	for (size_t i = 0; i < taken.entries.len; i++) {
		str_addz(ret_names, ", ");
		table_quote_name(ret_names, taken.entries.ptr[i].key);
	}
	add_part(&part, "r", p->table->part);
	return flat_run(y->f, "snds/sql/flatten_rows.sql",
	    TABLE_WORDS({"columns", str_get(&columns)}, {"relation", p->view},
		{"eta", p->table->eta}, {"number", p->table->number},
		{"part", str_get(&part)}, {"joins", str_get(&joins)}),
	    year_params(y, params, p->table->name), err);
}

static int copy_month(struct year *y, const struct part *p, const char *names, int64_t month,
    struct err *err)
{
	struct flatten *f = y->f;
	AUTO_FREE char *name = str_format("%04d-%02" PRId64, y->year, month);
	AUTO_FREE char *path = str_format("%s/%s/%s.parquet", y->field->family,
	    flat_tag(f, p->table), name);
	AUTO_STR struct str sql = {0};
	AUTO_STR struct str order = {0};

	for (struct view rest = VIEW(names + 2), column; view_next(&rest, ',', &column);)
		str_addf(&order, ", %.*s NULLS LAST", VIEW_ARG(view_trim(column)));
	str_addf(&sql, "SELECT flat_person AS person_id%s%s FROM flat_fate",
	    f->options->keep_filtered ? ", flat_filter AS filter" : "", names);
	str_addf(&sql, " WHERE flat_month = %" PRId64, month);
	if (!f->options->keep_filtered)
		str_addz(&sql, " AND flat_filter IS NULL");
	str_addf(&sql, " ORDER BY flat_person NULLS LAST%s", str_get(&order));
	return flat_copy(f, str_get(&sql), p->table, name, path, err);
}

static int copy_rows(struct year *y, const struct part *p, const char *names, struct err *err)
{
	VEC(int64_t) months = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, y->f->db, p->file, embed_find("snds/sql/flatten_stay_months.sql"),
		TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			*vec_push(&months) = table_query_i64(q, 0)[i];
	for (size_t i = 0; rc == 0 && i < months.len; i++)
		if (flat_in_range(y->f, months.ptr[i] ? y->year * 100 + months.ptr[i] : 0))
			rc = copy_month(y, p, names, months.ptr[i], err);
	vec_clear(&months);
	return rc;
}

static int flatten_part(struct year *y, const struct part *p, struct err *err)
{
	AUTO_FREE char *folder = str_format("%s/%s/%s", y->f->folder, y->field->family,
	    flat_tag(y->f, p->table));
	AUTO_STR struct str names = {0};

	if (!is_there(p))
		return 0;
	if (make_rows(y, p, &names, err) < 0)
		return -1;
	if (!names.len)
		return 0;
	if (path_make_folder(folder, err) < 0 || copy_rows(y, p, str_get(&names), err) < 0)
		return -1;
	return table_run(y->f->db, p->file, VIEW_LIT("DROP TABLE flat_fate"), TABLE_NO_PARAMS, NULL,
	    err);
}

/* Several main rows of one key would multiply the children. */
static int check_main(struct year *y, struct err *err)
{
	const struct flat_table *t = y->main.table;
	AUTO_STR struct str part = {0};
	AUTO_FREE char *key = NULL;
	AUTO_STR struct str sql = {0};
	int64_t n = 0;

	add_part(&part, "r", t->part);
	key = str_format("r.%s AS eta, r.%s AS number, %s AS part", t->eta, t->number,
	    str_get(&part));
	flat_fill(y->f, &sql, "snds/sql/flatten_repeated.sql",
	    TABLE_WORDS({"key", key}, {"relation", y->main.view}));
	if (table_run(y->f->db, y->main.file, str_view(&sql), TABLE_NO_PARAMS, &n, err) < 0)
		return -1;
	if (n == 0)
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: key %s, %s%s%s is not unique: %" PRId64 " more rows",
	    table_source_label(y->f->source, y->main.file), t->eta, t->number,
	    *t->part ? ", " : "", t->part, n);
	return err_hint(err, "the extract holds rows twice: remove the copies or export it again");
}

static int flatten_children(struct year *y, struct err *err)
{
	struct flatten *f = y->f;

	for (size_t i = 0; i < f->tables.len; i++) {
		const struct flat_table *t = &f->tables.ptr[i];
		struct part p = {0};
		int rc;

		if (t->role != FLAT_CHILD || strcmp(t->family, y->field->family) != 0 ||
		    !flat_list_has(f->options->tables, t->name))
			continue;
		rc = open_part(f, t, y->year, "flat_child", &p, err);
		if (rc == 0)
			rc = flatten_part(y, &p, err);
		vec_clear(&p.columns);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int flatten_year(struct flatten *f, const struct field *field, int year, struct err *err)
{
	AUTO_YEAR struct year y = {.f = f, .field = field, .year = year};

	if (open_part(f, find(f, field->family, FLAT_MAIN), year, "flat_main", &y.main, err) < 0 ||
	    open_patient(&y, err) < 0)
		return -1;
	if (!is_there(&y.main) || !is_there(&y.patient))
		return 0;
	if (check_main(&y, err) < 0 || make_stays(&y, err) < 0 ||
	    flatten_part(&y, &y.main, err) < 0 || flatten_children(&y, err) < 0)
		return -1;
	return table_run(f->db, field->family, VIEW_LIT("DROP TABLE flat_stay"), TABLE_NO_PARAMS,
	    NULL, err);
}

static int flatten_field(struct flatten *f, const struct field *field, struct err *err)
{
	const struct mainbase_source *s = &f->result->base.source;
	int rc = mainbase_make(&f->result->base, field->care, err);

	progress_start(f->options->progress, field->family, NULL, 100);
	for (int year = s->first_year; rc == 0 && year <= s->last_year; year++)
		rc = flatten_year(f, field, year, err);
	progress_end(f->options->progress);
	return rc;
}

int flat_stays(struct flatten *f, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (flat_wants(f, fields[i].family) && flatten_field(f, &fields[i], err) < 0)
			return -1;
	return 0;
}
