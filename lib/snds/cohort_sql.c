#include "snds/cohort_sql.h"

#include "base/embed.h"

enum { CODE_MAX = 20 }; /* as cohort_sets.c lets through */

char *cohort_set_table(size_t set)
{
	return str_format("cohort_set_%zu", set);
}

char *cohort_entry_table(size_t index)
{
	return str_format("cohort_entry_%zu", index);
}

int cohort_run_file(struct table_db *db, const char *file, const struct table_word *words,
    size_t count, struct err *err)
{
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find(file), words, count);
	return table_run(db, file, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

void cohort_add_date(struct str *sql, date_t day)
{
	char text[DATE_TEXT_SIZE];

	str_addf(sql, "DATE '%s'", date_format(day, text));
}

void cohort_add_window(struct str *sql, const struct snds_cohort_window *w, const char *day)
{
	const char *reached = w->overlaps ? "last_day" : "first_day";

	if (!w->has_from && !w->has_to)
		str_addz(sql, "TRUE");
	if (w->has_from)
		str_addf(sql, "b.%s >= %s + (%d)", reached, day, w->from_days);
	if (w->has_from && w->has_to)
		str_addz(sql, " AND ");
	if (w->has_to)
		str_addf(sql, "b.first_day <= %s + (%d)", day, w->to_days);
}

struct codes {
	const struct snds_cohort_texts *list;
	const char *code; /* what is compared with them */
	bool all_begin;   /* without a star too */
};

/* Those of one length that begin a code (`prefix`), or are one: "" or one comparison. */
static void add_length(struct str *sql, const struct codes *c, size_t len, bool prefix)
{
	size_t found = 0;

	for (size_t i = 0; i < c->list->items.len; i++) {
		struct view text = VIEW(c->list->items.ptr[i]);
		bool star = view_ends(text, VIEW_LIT("*"));

		text.len -= star;
		if (text.len != len || (star || c->all_begin) != prefix)
			continue;
		if (found == 0 && prefix)
			str_addf(sql, "left(%s, %zu) IN (", c->code, len);
		else if (found == 0)
			str_addf(sql, "%s IN (", c->code);
		str_addz(sql, found++ ? ", " : "");
		table_quote_text(sql, text);
	}
	str_addz(sql, found ? ")" : "");
}

/*
 * `code` is one of the codes, or begins as one that ends in "*" (`all_begin`:
 * as any). By length, so that each length is one comparison with a list.
 */
static void add_codes(struct str *sql, const char *code, const struct snds_cohort_texts *list,
    bool all_begin)
{
	struct codes c = {list, code, all_begin};
	const char *sep = "";

	for (size_t i = 0; i <= 2 * CODE_MAX + 1; i++) {
		AUTO_STR struct str one = {0};

		add_length(&one, &c, i / 2, i % 2 == 1);
		if (one.len == 0)
			continue;
		str_addf(sql, "%s%s", sep, str_get(&one));
		sep = " OR ";
	}
}

/* Codes of drugs with such an ATC; `kind` is CIP or UCD. */
static void add_atc(struct str *sql, const struct snds_cohort_texts *atc, const char *kind)
{
	str_addf(sql, "code IN (SELECT code FROM cohort_atc WHERE kind = '%s' AND (", kind);
	add_codes(sql, "atc", atc, true);
	str_addz(sql, "))");
}

/* One category, with what is asked of its codes. */
static void add_category(struct str *sql, const struct snds_cohort_set *set,
    const struct mainbase_event *e)
{
	const char *kind = view_starts(VIEW(e->codes), VIEW_LIT("UCD")) ? "UCD" : "CIP";

	str_addz(sql, "(category = ");
	table_quote_text(sql, VIEW(e->category));
	if (set->codes.items.len || set->atc.items.len) {
		str_addz(sql, " AND (");
		add_codes(sql, "code", &set->codes, false);
		str_addz(sql, set->codes.items.len && set->atc.items.len ? " OR " : "");
		if (set->atc.items.len)
			add_atc(sql, &set->atc, kind);
		str_addc(sql, ')');
	}
	if (set->not_codes.items.len) {
		str_addz(sql, " AND NOT (");
		add_codes(sql, "coalesce(code, '')", &set->not_codes, false);
		str_addc(sql, ')');
	}
	if (set->not_atc.items.len) {
		str_addz(sql, " AND NOT coalesce(");
		add_atc(sql, &set->not_atc, kind);
		str_addz(sql, ", FALSE)");
	}
	str_addc(sql, ')');
}

static void add_bounds(struct str *sql, const struct snds_cohort_set *set)
{
	if (set->has_min)
		str_addf(sql, " AND value >= %lld", (long long)set->value_min);
	if (set->has_max)
		str_addf(sql, " AND value <= %lld", (long long)set->value_max);
	if (set->from != DATE_NONE) {
		str_addz(sql, " AND first_day >= ");
		cohort_add_date(sql, set->from);
	}
	if (set->to != DATE_NONE) {
		str_addz(sql, " AND first_day <= ");
		cohort_add_date(sql, set->to);
	}
}

static int make_events(struct table_db *db, const struct snds_cohort_set *set,
    const struct mainbase_events *events, const char *table, struct err *err)
{
	AUTO_STR struct str chosen = {0};
	AUTO_STR struct str also = {0};

	for (size_t i = 0; i < set->events.items.len; i++) {
		str_addz(&chosen, i ? " OR " : "");
		add_category(&chosen, set,
		    mainbase_events_find(events, VIEW(set->events.items.ptr[i])));
	}
	add_bounds(&also, set);
	return cohort_run_file(db, "snds/sql/cohort_events.sql",
	    TABLE_WORDS({"table", table}, {"chosen", str_get(&chosen)}, {"also", str_get(&also)}),
	    err);
}

static void add_part(struct str *parts, size_t set)
{
	str_addf(parts, "%sSELECT person_id, first_day, last_day FROM cohort_set_%zu",
	    parts->len ? " UNION ALL " : "", set);
}

/* Of one set too: its events by another name, for "days". */
static int make_union(struct table_db *db, const struct snds_cohort_set *set, const char *table,
    struct err *err)
{
	AUTO_STR struct str parts = {0};

	for (size_t i = 0; i < set->any_of.len; i++)
		add_part(&parts, set->any_of.ptr[i]);
	if (set->has_of)
		add_part(&parts, set->of);
	return cohort_run_file(db, "snds/sql/cohort_union.sql",
	    TABLE_WORDS({"table", table}, {"parts", str_get(&parts)}), err);
}

static int make_link(struct table_db *db, const struct snds_cohort_link *link, const char *from,
    const char *table, struct err *err)
{
	AUTO_FREE char *other = cohort_set_table(link->set);
	AUTO_FREE char *test = str_format("%s %d", link->absent ? "<" : ">=", link->days);
	AUTO_STR struct str near = {0};

	if (link->window.during)
		str_addf(&near, "b.first_day <= a.last_day AND b.%s >= a.first_day",
		    link->window.overlaps ? "last_day" : "first_day");
	else
		cohort_add_window(&near, &link->window, "a.first_day");
	return cohort_run_file(db, "snds/sql/cohort_link.sql",
	    TABLE_WORDS({"table", table}, {"from", from}, {"other", other}, {"test", test},
		{"near", str_get(&near)}),
	    err);
}

/* One link after the other. */
static int make_links(struct table_db *db, const struct snds_cohort_set *set, const char *table,
    struct err *err)
{
	AUTO_FREE char *from = cohort_set_table(set->of);

	for (size_t i = 0; i < set->links.len; i++) {
		bool last = i + 1 == set->links.len;
		char *to = last ? mem_strdup(table) : str_format("%s_link_%zu", table, i);
		int rc = make_link(db, &set->links.ptr[i], from, to, err);

		free(from);
		from = to;
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int make_days(struct table_db *db, const struct snds_cohort_set *set, const char *from,
    const char *table, struct err *err)
{
	AUTO_FREE char *earlier = str_format("%d", set->days - 1);
	AUTO_FREE char *within =
	    str_format("%d", set->within_days ? set->within_days : SNDS_COHORT_DAYS_MAX * 2);

	return cohort_run_file(db, "snds/sql/cohort_days.sql",
	    TABLE_WORDS({"table", table}, {"from", from}, {"earlier", earlier}, {"within", within},
		{"dated", set->dated_start ? "start" : "reached"}),
	    err);
}

int cohort_make_set(struct table_db *db, const struct snds_cohort_spec *spec,
    const struct mainbase_events *events, size_t index, struct err *err)
{
	const struct snds_cohort_set *set = &spec->sets.ptr[index];
	AUTO_FREE char *table = cohort_set_table(index);
	AUTO_FREE char *raw = str_format("%s%s", table, set->days > 1 ? "_raw" : "");
	int rc;

	if (set->events.items.len)
		rc = make_events(db, set, events, raw, err);
	else if (set->links.len)
		rc = make_links(db, set, raw, err);
	else
		rc = make_union(db, set, raw, err);
	if (rc == 0 && set->days > 1)
		rc = make_days(db, set, raw, table, err);
	return rc;
}
