#include "mainbase/source.h"

#include "base/hash.h"
#include "io/file.h"
#include "io/json.h"
#include "mainbase/source_view.h"

#include <assert.h>

#define YEAR_AT 5 /* in "T_MCO18B" and "T_MCOaaB" */
#define PREFIX "snds_"

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

/* "T_MCOaaB" of 2018 is "T_MCO18B"; a table without years is itself. */
static char *file_of(const struct mainbase_table *t, int year)
{
	if (!mainbase_is_yearly(t))
		return mem_strdup(t->name);
	return str_format("%.*s%02d%s", YEAR_AT, t->name, year % 100, t->name + YEAR_AT + 2);
}

/* A table that must be there is missed in each year that has stays. */
static bool has_year(const struct table_source *s, const struct mainbase_table *t,
    const char *file, int year)
{
	AUTO_FREE char *stays = str_format("T_MCO%02dB", year % 100);

	return table_source_has(s, t->optional ? file : stays);
}

/* The files of a table, a year or 0 each; the next after `year`, -1 at the end. */
static int next_year(const struct table_source *s, const struct mainbase_table *t, int year)
{
	if (!mainbase_is_yearly(t))
		return year < 0 && (!t->optional || table_source_has(s, t->name)) ? 0 : -1;
	for (year = MAX(year + 1, YEAR_FIRST); year <= YEAR_LAST; year++) {
		AUTO_FREE char *file = file_of(t, year);

		if (has_year(s, t, file, year))
			return year;
	}
	return -1;
}

static int check_there(struct mainbase_source *s, const struct mainbase_table *t, struct err *err)
{
	int year = next_year(s->files, t, -1);

	if (year < 0)
		str_addf(&s->missing, "%s%s", s->missing.len ? ", " : "", t->name);
	for (; year >= 0; year = next_year(s->files, t, year)) {
		AUTO_FREE char *file = file_of(t, year);

		if (table_source_require(s->files, file, err) < 0)
			return -1;
	}
	return 0;
}

static int make_view(struct mainbase_source *s, const struct mainbase_table *t, struct err *err)
{
	AUTO_STR struct str select = {0};
	AUTO_STR struct str sql = {0};

	int year = next_year(s->files, t, -1);

	for (; year >= 0; year = next_year(s->files, t, year)) {
		AUTO_FREE char *file = file_of(t, year);

		str_addz(&select, select.len ? " UNION ALL " : "");
		if (mainbase_view_select(&select, s->db, s->files, t, file, year, err) < 0)
			return -1;
	}
	if (!select.len)
		mainbase_view_empty(&select, t);
	str_addf(&sql, "CREATE VIEW %s AS %s", t->view, str_get(&select));
	return table_run(s->db, t->name, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int need_view(struct mainbase_source *s, struct view name, struct err *err)
{
	size_t i = 0;

	while (i < s->spec.tables.len && !view_eq(VIEW(s->spec.tables.ptr[i].view), name))
		i++;
	if (i == s->spec.tables.len || s->opened >> i & 1)
		return 0;
	s->opened |= (uint64_t)1 << i;
	return make_view(s, &s->spec.tables.ptr[i], err);
}

static size_t name_len(const char *text, size_t max)
{
	size_t n = 0;

	while (n < max && (text[n] == '_' || (text[n] >= 'a' && text[n] <= 'z')))
		n++;
	return n;
}

int mainbase_source_need(struct mainbase_source *s, struct view sql, struct err *err)
{
	struct view name;

	for (size_t at = 0; at < sql.len; at += MAX(name.len, 1)) {
		name = (struct view){sql.ptr + at, name_len(sql.ptr + at, sql.len - at)};
		if (view_starts(name, VIEW_LIT(PREFIX)) && need_view(s, name, err) < 0)
			return -1;
	}
	return 0;
}

static int find_years(struct mainbase_source *info, const char *folder, struct err *err)
{
	for (size_t i = 0; i < table_source_count(info->files); i++) {
		int year = year_of(table_source_name(info->files, i), "T_MCOaaB");

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
	memset(ret, 0, sizeof(*ret));
	ret->db = db;
	if (mainbase_spec_load(&ret->spec, err) < 0 ||
	    table_source_open(&ret->files, db, folder, err) < 0 ||
	    read_manifest(folder, ret, err) < 0 || find_years(ret, folder, err) < 0)
		return -1;
	assert(ret->spec.tables.len <= 64);
	for (size_t i = 0; i < ret->spec.tables.len; i++)
		if (check_there(ret, &ret->spec.tables.ptr[i], err) < 0)
			return -1;
	return 0;
}

void mainbase_source_clear(struct mainbase_source *s)
{
	table_source_close(&s->files);
	mainbase_spec_clear(&s->spec);
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
