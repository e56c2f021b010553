#include "snds/cohort_sql.h"

#include "base/embed.h"

/* What a condition becomes: an expression over c and p, and joins with the tables it counts in. */
struct condition {
	struct table_db *db;
	const struct snds_cohort_spec *spec;
	size_t to;        /* number of the step's table */
	const char *from; /* entries before it */
	size_t hits;
	struct str where, joins;
};

static int add_where(struct condition *c, size_t index, struct err *err);

static int add_parts(struct condition *c, const struct snds_cohort_where *w, struct err *err)
{
	str_addz(&c->where, w->kind == SNDS_COHORT_NOT ? "NOT (" : "(");
	for (size_t i = 0; i < w->parts.len; i++) {
		if (i)
			str_addz(&c->where, w->kind == SNDS_COHORT_ANY ? " OR " : " AND ");
		if (add_where(c, w->parts.ptr[i], err) < 0)
			return -1;
	}
	str_addc(&c->where, ')');
	return 0;
}

/* "AND b.first_day >= DATE '2018-01-01'" or, of what lasts, its last day. */
static void add_period(struct str *sql, const struct snds_cohort_where *w)
{
	if (w->from != DATE_NONE) {
		str_addf(sql, " AND b.%s >= ", w->window.overlaps ? "last_day" : "first_day");
		cohort_add_date(sql, w->from);
	}
	if (w->to != DATE_NONE) {
		str_addz(sql, " AND b.first_day <= ");
		cohort_add_date(sql, w->to);
	}
}

static int make_hit(struct condition *c, const struct snds_cohort_where *w, const char *table,
    struct err *err)
{
	AUTO_FREE char *other = cohort_set_table(w->set);
	AUTO_STR struct str near = {0};

	cohort_add_window(&near, &w->window, "c.day");
	add_period(&near, w);
	return cohort_run_file(c->db, "snds/sql/cohort_hit.sql",
	    TABLE_WORDS({"table", table}, {"from", c->from}, {"other", other},
		{"near", str_get(&near)}),
	    err);
}

static int add_events(struct condition *c, const struct snds_cohort_where *w, struct err *err)
{
	AUTO_FREE char *table = str_format("cohort_hit_%zu_%zu", c->to, c->hits++);

	if (make_hit(c, w, table, err) < 0)
		return -1;
	table_fill(&c->joins, embed_find("snds/sql/cohort_hit_join.sql"),
	    TABLE_WORDS({"table", table}));
	str_addf(&c->where, "(coalesce(%s.days, 0) >= %d", table, w->min);
	if (w->has_max)
		str_addf(&c->where, " AND coalesce(%s.days, 0) <= %d", table, w->max);
	str_addc(&c->where, ')');
	return 0;
}

static void add_range(struct condition *c, const char *value, bool has, const char *test, int n)
{
	if (has)
		str_addf(&c->where, " AND %s %s %d", value, test, n);
}

/* Age is known: nobody without a year of birth is a person of the base. */
static void add_age(struct condition *c, const struct snds_cohort_where *w)
{
	const char *age = embed_find("snds/sql/cohort_age.sql").ptr;

	str_addz(&c->where, "(TRUE");
	add_range(c, age, w->has_min, ">=", w->min);
	add_range(c, age, w->has_max, "<=", w->max);
	str_addc(&c->where, ')');
}

static void add_observed(struct condition *c, const struct snds_cohort_where *w)
{
	str_addz(&c->where, "(TRUE");
	add_range(c, "CAST(c.day - p.obs_start AS INTEGER)", w->has_min, ">=", w->min);
	add_range(c, "CAST(p.obs_end - c.day AS INTEGER)", w->has_max, ">=", w->max);
	str_addc(&c->where, ')');
}

static void add_places(struct condition *c, const struct snds_cohort_where *w, const char *column)
{
	str_addf(&c->where, "coalesce(p.%s, '') IN (", column);
	for (size_t i = 0; i < w->places.items.len; i++) {
		str_addz(&c->where, i ? ", " : "");
		table_quote_text(&c->where, VIEW(w->places.items.ptr[i]));
	}
	str_addc(&c->where, ')');
}

static void add_index(struct condition *c, const struct snds_cohort_where *w)
{
	str_addz(&c->where, "(TRUE");
	if (w->from != DATE_NONE) {
		str_addz(&c->where, " AND c.day >= ");
		cohort_add_date(&c->where, w->from);
	}
	if (w->to != DATE_NONE) {
		str_addz(&c->where, " AND c.day <= ");
		cohort_add_date(&c->where, w->to);
	}
	str_addc(&c->where, ')');
}

/* Every expression is true or false, never NULL: NOT stays two-valued. */
static int add_where(struct condition *c, size_t index, struct err *err)
{
	const struct snds_cohort_where *w = &c->spec->wheres.ptr[index];

	switch (w->kind) {
	case SNDS_COHORT_ALL:
	case SNDS_COHORT_ANY:
	case SNDS_COHORT_NOT: return add_parts(c, w, err);
	case SNDS_COHORT_EVENTS: return add_events(c, w, err);
	case SNDS_COHORT_AGE: add_age(c, w); return 0;
	case SNDS_COHORT_SEX: str_addf(&c->where, "coalesce(p.sex, 0) = %d", w->sex); return 0;
	case SNDS_COHORT_DEPARTMENTS: add_places(c, w, "department"); return 0;
	case SNDS_COHORT_COMMUNES: add_places(c, w, "commune"); return 0;
	case SNDS_COHORT_OBSERVED: add_observed(c, w); return 0;
	case SNDS_COHORT_INDEX: add_index(c, w); return 0;
	case SNDS_COHORT_KINDS: break;
	}
	return 0;
}

int cohort_make_step(struct table_db *db, const struct snds_cohort_spec *spec, size_t where,
    size_t to, struct err *err)
{
	AUTO_FREE char *table = cohort_entry_table(to);
	AUTO_FREE char *from = cohort_entry_table(to - 1);
	struct condition c = {.db = db, .spec = spec, .to = to, .from = from};
	int rc = add_where(&c, where, err);

	if (rc == 0)
		rc = cohort_run_file(db, "snds/sql/cohort_step.sql",
		    TABLE_WORDS({"table", table}, {"from", from}, {"joins", str_get(&c.joins)},
			{"where", str_get(&c.where)}),
		    err);
	str_clear(&c.where);
	str_clear(&c.joins);
	return rc;
}

static const char *pick_of(enum snds_cohort_pick pick)
{
	static const char *const picks[] = {"min(day)", "max(day)", "day"};

	return picks[pick];
}

static int make_gap(struct table_db *db, const struct snds_cohort_spec *spec, struct err *err)
{
	AUTO_FREE char *set = cohort_set_table(spec->index_set);
	AUTO_FREE char *days = str_format("%d", spec->gap_days);

	return cohort_run_file(db, "snds/sql/cohort_gap.sql",
	    TABLE_WORDS({"table", "cohort_gap"}, {"from", set}, {"days", days}), err);
}

int cohort_make_index(struct table_db *db, const struct snds_cohort_spec *spec, struct err *err)
{
	AUTO_FREE char *table = cohort_entry_table(0);
	AUTO_FREE char *set = cohort_set_table(spec->index_set);
	AUTO_STR struct str day = {0};

	if (!spec->has_index_set) {
		cohort_add_date(&day, spec->index_day);
		return cohort_run_file(db, "snds/sql/cohort_day.sql",
		    TABLE_WORDS({"table", table}, {"day", str_get(&day)}), err);
	}
	if (spec->gap_days && make_gap(db, spec, err) < 0)
		return -1;
	return cohort_run_file(db, "snds/sql/cohort_index.sql",
	    TABLE_WORDS({"table", table}, {"from", spec->gap_days ? "cohort_gap" : set},
		{"pick", pick_of(spec->pick)},
		{"each", spec->pick == SNDS_COHORT_EACH ? ", day" : ""}),
	    err);
}

int cohort_make_keep(struct table_db *db, const struct snds_cohort_spec *spec, size_t to,
    struct err *err)
{
	AUTO_FREE char *table = cohort_entry_table(to);
	AUTO_FREE char *from = cohort_entry_table(to - 1);

	return cohort_run_file(db, "snds/sql/cohort_keep.sql",
	    TABLE_WORDS({"table", table}, {"from", from}, {"pick", pick_of(spec->keep)}), err);
}

static int make_exit(struct table_db *db, const struct snds_cohort_exit *exit, const char *from,
    const char *table, struct err *err)
{
	AUTO_FREE char *other = cohort_set_table(exit->set);
	AUTO_FREE char *days = str_format("%d", exit->from_days);

	return cohort_run_file(db, "snds/sql/cohort_exit.sql",
	    TABLE_WORDS({"table", table}, {"from", from}, {"other", other}, {"days", days}), err);
}

int cohort_make_final(struct table_db *db, const struct snds_cohort_spec *spec, size_t from,
    struct err *err)
{
	AUTO_FREE char *entries = cohort_entry_table(from);
	AUTO_STR struct str joins = {0};
	AUTO_STR struct str ends = {0};

	str_addz(&ends, "p.obs_end");
	if (spec->exit_days >= 0)
		str_addf(&ends, ", c.day + %d", spec->exit_days);
	for (size_t i = 0; i < spec->exits.len; i++) {
		AUTO_FREE char *table = str_format("cohort_exit_%zu", i);

		if (make_exit(db, &spec->exits.ptr[i], entries, table, err) < 0)
			return -1;
		table_fill(&joins, embed_find("snds/sql/cohort_hit_join.sql"),
		    TABLE_WORDS({"table", table}));
		str_addf(&ends, ", coalesce(%s.exit_day, p.obs_end)", table);
	}
	if (spec->exit_days < 0 && spec->exits.len == 0)
		str_addz(&ends, ", p.obs_end"); /* of one value there is no least in Spark */
	return cohort_run_file(db, "snds/sql/cohort_final.sql",
	    TABLE_WORDS({"from", entries}, {"joins", str_get(&joins)}, {"ends", str_get(&ends)}),
	    err);
}
