#include "mainbase/source.h"

#include "base/hash.h"
#include "io/file.h"
#include "io/json.h"
#include "mainbase/source_view.h"

#define YEAR_AT 5 /* in "T_MCO18B" and "T_MCOaaB" */

enum { YEAR_FIRST = 2000,
	YEAR_LAST = 2099 };

/* "T_MCO18B" is a file of 2018 of "T_MCOaaB"; 0 for any other name. */
static int year_of(const char *file, const char *table)
{
	const char *digits = file + YEAR_AT;

	if (strlen(file) != strlen(table) ||
	    !view_eq_nocase((struct view){file, YEAR_AT}, (struct view){table, YEAR_AT}) ||
	    !view_eq_nocase(VIEW(file + YEAR_AT + 2), VIEW(table + YEAR_AT + 2)) ||
	    digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9')
		return 0;
	return YEAR_FIRST + (digits[0] - '0') * 10 + (digits[1] - '0');
}

/* A table that must be there is missed in each year that has stays. */
static bool has_year(const struct table_source *s, const struct mainbase_table *t,
    const char *file, int year)
{
	AUTO_FREE char *stays = str_format("T_MCO%02dB", year % 100);

	return table_source_has(s, t->optional ? file : stays);
}

static int select_years(struct str *sql, struct table_db *db, struct table_source *s,
    const struct mainbase_table *t, struct err *err)
{
	for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
		AUTO_FREE char *file = str_format("%.*s%02d%s", YEAR_AT, t->name, year % 100,
		    t->name + YEAR_AT + 2);

		if (!has_year(s, t, file, year))
			continue;
		str_addz(sql, sql->len ? " UNION ALL " : "");
		if (mainbase_view_select(sql, db, s, t, file, year, err) < 0)
			return -1;
	}
	return 0;
}

static int select_once(struct str *sql, struct table_db *db, struct table_source *s,
    const struct mainbase_table *t, struct err *err)
{
	if (t->optional && !table_source_has(s, t->name))
		return 0;
	return mainbase_view_select(sql, db, s, t, t->name, 0, err);
}

static int open_table(struct table_db *db, struct table_source *s, const struct mainbase_table *t,
    struct mainbase_source *info, struct err *err)
{
	AUTO_STR struct str select = {0};
	AUTO_STR struct str sql = {0};
	int rc = mainbase_is_yearly(t) ? select_years(&select, db, s, t, err)
	                               : select_once(&select, db, s, t, err);

	if (rc < 0)
		return -1;
	if (!select.len) {
		mainbase_view_empty(&select, t);
		str_addf(&info->missing, "%s%s", info->missing.len ? ", " : "", t->name);
	}
	str_addf(&sql, "CREATE VIEW %s AS %s", t->view, str_get(&select));
	return table_run(db, t->name, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int find_years(const struct table_source *s, const char *folder,
    struct mainbase_source *info, struct err *err)
{
	for (size_t i = 0; i < table_source_count(s); i++) {
		int year = year_of(table_source_name(s, i), "T_MCOaaB");

		if (!year)
			continue;
		info->first_year = info->first_year ? MIN(info->first_year, year) : year;
		info->last_year = MAX(info->last_year, year);
	}
	if (info->first_year)
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: table T_MCOaaB is missing for every year", folder);
	return err_hint(err, "expected files such as T_MCO18B.parquet or T_MCO18B.csv");
}

/* "year_first" and "year_last", as hygie snds synth writes them. */
static date_t manifest_day(const json_t *manifest, const char *key, int month, int day)
{
	const json_t *year = json_object_get(manifest, key);
	json_int_t n = json_integer_value(year);

	return n >= 1900 && n <= 2200 ? date_from_civil((int)n, month, day) : DATE_NONE;
}

static int read_manifest(const char *folder, struct mainbase_source *info, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "manifest.json");
	AUTO_JSON json_t *manifest = NULL;

	info->first_day = info->last_day = DATE_NONE;
	if (!path_exists(path))
		return 0;
	if (json_read(&manifest, path, err) < 0 ||
	    hash_sha256_file(path, info->manifest_sha256, NULL, err) < 0)
		return -1;
	info->first_day = manifest_day(manifest, "year_first", 1, 1);
	info->last_day = manifest_day(manifest, "year_last", 12, 31);
	return 0;
}

int mainbase_source_open(struct mainbase_source *ret, struct table_db *db, const char *folder,
    struct err *err)
{
	AUTO_MAINBASE_SPEC struct mainbase_spec spec = {0};
	AUTO_SOURCE struct table_source *s = NULL;

	memset(ret, 0, sizeof(*ret));
	if (mainbase_spec_load(&spec, err) < 0 || table_source_open(&s, db, folder, err) < 0 ||
	    read_manifest(folder, ret, err) < 0 || find_years(s, folder, ret, err) < 0)
		return -1;
	for (size_t i = 0; i < spec.tables.len; i++)
		if (open_table(db, s, &spec.tables.ptr[i], ret, err) < 0)
			return -1;
	return 0;
}

void mainbase_source_clear(struct mainbase_source *s)
{
	str_clear(&s->missing);
}

bool mainbase_source_lacks(const struct mainbase_source *s, const char *table)
{
	struct view names = str_view(&s->missing);
	struct view name;

	while (view_next(&names, ',', &name))
		if (view_eq(view_trim(name), VIEW(table)))
			return true;
	return false;
}
