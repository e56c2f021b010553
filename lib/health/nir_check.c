#include "health/nir_check.h"

#include "base/embed.h"
#include "table/folder.h"
#include "table/query.h"

enum { COLUMNS_MAX = 1000 };

/* Of the values in a column's sample, how many are numbers before it counts as found. */
static const double SHARE_ALONE = 0.5, SHARE_NAMED = 0.1;

struct check {
	const struct nir_check_options *o;
	struct nir_check_result *result;
	struct places *places;
	struct table_db *db;
	const char *relation;
	size_t sex, birth, place; /* columns of the query, or NONE */
};

static const size_t NONE = SIZE_MAX;

void nir_check_clear(struct nir_check_result *r)
{
	vec_clear(&r->columns);
	vec_clear(&r->listed);
	arena_clear(&r->names);
}

const char *nir_check_reason_name(size_t reason)
{
	if (reason < NIR_FAULTS)
		return nir_fault_name((enum nir_fault)reason);
	reason -= NIR_FAULTS;
	if (reason < NIR_WARNING_BITS)
		return nir_warning_name(1U << reason);
	return nir_trait_name(1U << (reason - NIR_WARNING_BITS));
}

/* "295109912611193.0", as a table of doubles becomes text. */
static struct view without_point(struct view v)
{
	if (v.len > NIR_LEN && view_ends(v, VIEW_LIT(".0")))
		v.len -= 2;
	return view_trim(v);
}

/* "nir", "NIR_assure", "num_secu": a part of the name says so. */
static bool name_tells(const char *name)
{
	static const char *const words[] = {"nir", "nia", "nss", "secu", "ins", "matricule"};
	size_t len;

	for (const char *at = name; *at; at += len + (at[len] != '\0')) {
		len = strcspn(at, "_- .");
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			if (view_eq_nocase((struct view){at, len}, VIEW(words[i])))
				return true;
	}
	return false;
}

struct sample {
	int64_t values, numbers;
};

static void look_at(struct sample *s, struct view text)
{
	struct view v = without_point(text);
	struct nir n;

	if (v.len == 0)
		return;
	s->values++;
	s->numbers += v.len <= (size_t)2 * NIR_KEYED_LEN && nir_parse(&n, v) <= NIR_WRONG_KEY;
}

static void add_column(struct check *c, const char *name)
{
	struct nir_check_column *column = vec_push(&c->result->columns);

	column->name = arena_strdup(&c->result->names, VIEW(name));
}

static int read_samples(struct table_query *q, struct sample *samples, struct err *err)
{
	int rc;

	while ((rc = table_query_next(q, err)) > 0)
		for (size_t column = 0; column < table_query_columns(q); column++)
			for (size_t row = 0; row < table_query_rows(q); row++)
				if (!table_query_is_null(q, column, row))
					look_at(&samples[column],
					    table_query_text(q, column, row));
	return rc;
}

static int sample_columns(struct check *c, struct table_query *q, struct err *err)
{
	struct sample samples[COLUMNS_MAX] = {{0}};
	size_t count = table_query_columns(q);

	if (count > COLUMNS_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d columns", c->o->path,
		    COLUMNS_MAX);
	if (read_samples(q, samples, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const char *name = table_query_name(q, i);
		double wanted = name_tells(name) ? SHARE_NAMED : SHARE_ALONE;

		if (samples[i].numbers > 0 &&
		    (double)samples[i].numbers >= wanted * (double)samples[i].values)
			add_column(c, name);
	}
	return 0;
}

static int find_columns(struct check *c, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;

	for (size_t i = 0; i < c->o->column_count; i++)
		add_column(c, c->o->columns[i]);
	if (c->o->column_count > 0)
		return 0;
	c->result->found = true;
	table_fill(&sql, embed_find("health/sql/nir_check_sample.sql"),
	    TABLE_WORDS({"relation", c->relation}));
	if (table_query_open(&q, c->db, c->o->path, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    sample_columns(c, q, err) < 0)
		return -1;
	if (c->result->columns.len > 0)
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: no column looks like NIRs", c->o->path);
	return err_hint(err, "Name it with --column.");
}

static enum nir_class class_of(enum nir_fault fault, const struct nir *n)
{
	static const enum nir_class kinds[NIR_KINDS] = {
	    [NIR_AWAITING] = NIR_CLASS_AWAITING,
	    [NIR_MIGRANT] = NIR_CLASS_MIGRANT,
	    [NIR_PROVISIONAL] = NIR_CLASS_PROVISIONAL,
	};

	if (fault > NIR_WRONG_KEY)
		return NIR_CLASS_MALFORMED;
	if (fault == NIR_WRONG_KEY)
		return NIR_CLASS_WRONG_KEY;
	if (n->kind != NIR_REGISTERED)
		return kinds[n->kind];
	if (n->warnings)
		return NIR_CLASS_WARNING;
	return n->key == NIR_KEY_NONE ? NIR_CLASS_KEYLESS : NIR_CLASS_VALID;
}

static void count(struct check *c, size_t column, size_t reason, int64_t row, bool finding)
{
	struct nir_check_reason *r = &c->result->columns.ptr[column].reasons[reason];

	if (r->values++ == 0)
		r->first_row = row;
	if (!finding)
		return;
	if (c->result->findings++ < (int64_t)c->o->list)
		*vec_push(&c->result->listed) = (struct nir_check_finding){
		    .row = row,
		    .column = (uint32_t)column,
		    .reason = (uint32_t)reason,
		};
}

static void count_bits(struct check *c, size_t column, unsigned bits, size_t first, int64_t row,
    bool finding)
{
	for (size_t i = 0; bits >> i; i++)
		if (bits >> i & 1)
			count(c, column, first + i, row, finding);
}

static bool tells_trait(const struct nir_traits *t)
{
	return t->sex || t->birth.year || t->birth.month || t->place.len > 0;
}

static void check_value(struct check *c, size_t column, struct view text,
    const struct nir_traits *t, int64_t row)
{
	struct nir_check_column *counts = &c->result->columns.ptr[column];
	struct view v = without_point(text);
	struct nir n = {0}, meant;
	enum nir_fault fault;

	if (v.len == 0) {
		counts->classes[NIR_CLASS_EMPTY]++;
		return;
	}
	fault = nir_parse(&n, v);
	if (fault == NIR_SOUND)
		n.warnings |= nir_check_place(&n, t->birth.year, c->places);
	counts->classes[class_of(fault, &n)]++;
	if (fault != NIR_SOUND) {
		count(c, column, fault, row, true);
		counts->repairable += nir_repair(&meant, v);
		return;
	}
	counts->abroad += n.year >= 0 && place_is_abroad(VIEW(n.place));
	count_bits(c, column, n.warnings, NIR_FAULTS, row, false);
	if (tells_trait(t)) {
		counts->compared++;
		count_bits(c, column, nir_traits_contradict(&n, t, c->places),
		    NIR_FAULTS + NIR_WARNING_BITS, row, true);
	}
}

/* 1, M, H, homme, masculin; 2, F, femme, feminin. */
static char sex_of(struct view text)
{
	static const char males[] = "1MmHh", females[] = "2Ff";
	struct view v = view_trim(text);

	if (v.len == 0)
		return 0;
	if (strchr(males, v.ptr[0]))
		return 'M';
	return strchr(females, v.ptr[0]) ? 'F' : 0;
}

static struct view cell(const struct table_query *q, size_t column, size_t row)
{
	if (column == NONE || table_query_is_null(q, column, row))
		return VIEW_NONE;
	return table_query_text(q, column, row);
}

static struct nir_traits traits_of(const struct check *c, const struct table_query *q, size_t row)
{
	struct nir_traits t = {
	    .sex = sex_of(cell(q, c->sex, row)),
	    .place = view_trim(cell(q, c->place, row)),
	};

	if (!birth_date_parse(cell(q, c->birth, row), &t.birth))
		t.birth = (struct birth_date){0};
	return t;
}

static void check_chunk(struct check *c, const struct table_query *q)
{
	for (size_t row = 0; row < table_query_rows(q); row++) {
		struct nir_traits t = traits_of(c, q, row);

		for (size_t column = 0; column < c->result->columns.len; column++)
			check_value(c, column, cell(q, column, row), &t,
			    c->result->rows + (int64_t)row + 1);
	}
	c->result->rows += (int64_t)table_query_rows(q);
}

static void add_sql_column(struct str *sql, const char *name)
{
	if (sql->len > 0)
		str_addz(sql, ", ");
	str_addz(sql, "CAST(");
	table_quote_name(sql, VIEW(name));
	str_addz(sql, " AS VARCHAR)");
}

/* Index in the query of a trait's column, which is added to it. */
static size_t add_trait(struct str *sql, const char *name, size_t *count)
{
	if (!name)
		return NONE;
	add_sql_column(sql, name);
	return (*count)++;
}

static int read_all(struct check *c, struct err *err)
{
	AUTO_STR struct str columns = {0};
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	size_t n = c->result->columns.len;
	int rc;

	for (size_t i = 0; i < n; i++)
		add_sql_column(&columns, c->result->columns.ptr[i].name);
	c->sex = add_trait(&columns, c->o->sex, &n);
	c->birth = add_trait(&columns, c->o->birth, &n);
	c->place = add_trait(&columns, c->o->place, &n);
	table_fill(&sql, embed_find("health/sql/nir_check.sql"),
	    TABLE_WORDS({"relation", c->relation}, {"columns", str_get(&columns)}));
	if (table_query_open(&q, c->db, c->o->path, str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		check_chunk(c, q);
	return rc;
}

static int need_column(struct table_source *s, const char *table, const char *path,
    const char *name, struct err *err)
{
	bool has = false;

	if (!name)
		return 0;
	if (table_source_has_column(s, table, name, &has, err) < 0)
		return -1;
	return has ? 0 : err_set(err, ERR_FORMAT, "%s: no column '%s'", path, name);
}

static int need_columns(struct table_source *s, const char *table,
    const struct nir_check_options *o, struct err *err)
{
	for (size_t i = 0; i < o->column_count; i++)
		if (need_column(s, table, o->path, o->columns[i], err) < 0)
			return -1;
	if (need_column(s, table, o->path, o->sex, err) < 0 ||
	    need_column(s, table, o->path, o->birth, err) < 0 ||
	    need_column(s, table, o->path, o->place, err) < 0)
		return -1;
	return 0;
}

int nir_check_run(const struct nir_check_options *o, struct nir_check_result *ret,
    struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_SOURCE struct table_source *source = NULL;
	AUTO_PLACES struct places *places = NULL;
	struct check c = {.o = o, .result = ret};
	const char *table;

	if (places_load(&places, err) < 0 ||
	    table_open(&db, &o->table, err) < 0 ||
	    table_source_open(&source, db, o->path, err) < 0)
		return -1;
	if (table_source_count(source) != 1)
		return err_set(err, ERR_USAGE, "%s: is not one CSV or Parquet file", o->path);
	table = table_source_name(source, 0);
	c.places = places;
	c.db = db;
	c.relation = table_source_relation(source, table);
	if (need_columns(source, table, o, err) < 0 ||
	    find_columns(&c, err) < 0 ||
	    read_all(&c, err) < 0)
		return -1;
	return 0;
}
