#include "omop/source.h"

#include "base/hash.h"
#include "io/file.h"
#include "io/json.h"
#include "omop/source_tables.h"
#include "table/folder.h"

#include <inttypes.h>

static int duplicate(const char *folder, const char *table, const char *key, int64_t n,
    struct err *err)
{
	(void)err_set(err, ERR_FORMAT, "%s/%s: key %s is not unique: %" PRId64 " more rows", folder,
	    table, key, n);
	return err_hint(err, "the extract holds rows twice: remove the copies or export it again");
}

/* How many rows of the view repeat `what`: its hash, or the key itself. */
static int count_repeated(struct table_db *db, const char *view, const char *what, int64_t *ret,
    struct err *err)
{
	AUTO_FREE char *distinct = str_format("SELECT DISTINCT %s FROM %s", what, view);
	AUTO_FREE char *sql = str_format("SELECT (SELECT count(*) FROM %s) - count(*) FROM (%s)",
	    view, distinct);

	return table_run(db, view, VIEW(sql), TABLE_NO_PARAMS, ret, err);
}

/*
 * Hashes are counted first: one number a row instead of nine columns. Only
 * when they are fewer than the rows are the keys themselves compared.
 */
static int check_key(struct table_db *db, const char *view, const char *folder, const char *table,
    const char *key, struct err *err)
{
	AUTO_FREE char *hash = str_format("hash(%s)", key);
	int64_t n = 0;

	if (count_repeated(db, view, hash, &n, err) < 0)
		return -1;
	if (n > 0 && count_repeated(db, view, key, &n, err) < 0)
		return -1;
	return n == 0 ? 0 : duplicate(folder, table, key, n, err);
}

static int open_table(struct table_db *db, struct table_source *s, const char *folder,
    const struct omop_snds_table *t, struct err *err)
{
	if (table_source_view(s, t->view, t->name, t->needs, t->need_count, err) < 0)
		return -1;
	return t->key ? check_key(db, t->view, folder, t->name, t->key, err) : 0;
}

/* No KI_CCI_R: the same columns, no row. */
static int empty_view(struct table_db *db, const struct omop_snds_table *t, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addf(&sql, "CREATE VIEW %s AS SELECT ", t->view);
	for (size_t i = 0; i < t->need_count; i++)
		str_addf(&sql, "%sNULL::%s AS %s", i ? ", " : "",
		    t->needs[i].type == TABLE_TYPE_DATE ? "DATE" : "VARCHAR", t->needs[i].name);
	str_addz(&sql, " WHERE false");
	return table_run(db, t->name, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

/* "T_MCO18B" is 2018; 0 for any other name. */
static int mco_year(const char *name)
{
	struct view v = VIEW(name);

	if (v.len != 8 || !view_eq_nocase((struct view){name, 5}, VIEW_LIT("T_MCO")) ||
	    !view_eq_nocase((struct view){name + 7, 1}, VIEW_LIT("B")) || name[5] < '0' ||
	    name[5] > '9' || name[6] < '0' || name[6] > '9')
		return 0;
	return 2000 + (name[5] - '0') * 10 + (name[6] - '0');
}

/* One year's file: its view, its key, and its part of the union. */
static int open_year(struct table_db *db, struct table_source *s, const char *folder,
    const struct omop_snds_table *t, int year, struct str *sql, struct err *err)
{
	AUTO_FREE char *name = str_format("T_MCO%02d%s", year % 100, t->name);
	AUTO_FREE char *view = str_format("%s_%d", t->view, year);
	struct omop_snds_table one = *t;

	one.name = name;
	one.view = view;
	if (open_table(db, s, folder, &one, err) < 0)
		return -1;
	str_addf(sql, "%sSELECT %d AS year, ", sql->len ? " UNION ALL " : "", year);
	str_addz(sql, "pmsi_key(ETA_NUM, 9) AS eta, pmsi_key(RSA_NUM, 10) AS rsa, ");
	str_addf(sql, "* EXCLUDE (ETA_NUM, RSA_NUM) FROM %s", view);
	return 0;
}

static int open_years(struct table_db *db, struct table_source *s, const char *folder,
    const struct omop_snds_table *t, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_STR struct str create = {0};

	for (size_t i = 0; i < table_source_count(s); i++) {
		int year = mco_year(table_source_name(s, i));

		if (year && open_year(db, s, folder, t, year, &sql, err) < 0)
			return -1;
	}
	str_addf(&create, "CREATE VIEW %s AS %s", t->view, str_get(&sql));
	return table_run(db, t->name, str_view(&create), TABLE_NO_PARAMS, NULL, err);
}

static int find_years(const struct table_source *s, const char *folder,
    struct omop_source_info *info, struct err *err)
{
	for (size_t i = 0; i < table_source_count(s); i++) {
		int year = mco_year(table_source_name(s, i));

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

static int read_manifest(const char *folder, struct omop_source_info *info, struct err *err)
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

int omop_source_open(struct table_db *db, const char *folder, struct omop_source_info *ret,
    struct err *err)
{
	AUTO_SOURCE struct table_source *s = NULL;

	memset(ret, 0, sizeof(*ret));
	if (table_source_open(&s, db, folder, err) < 0 || read_manifest(folder, ret, err) < 0)
		return -1;
	for (size_t i = 0; i < omop_snds_table_count; i++) {
		const struct omop_snds_table *t = &omop_snds_tables[i];
		int rc;

		if (t->optional && !table_source_has(s, t->name))
			rc = empty_view(db, t, err);
		else
			rc = open_table(db, s, folder, t, err);
		if (rc < 0)
			return -1;
		ret->has_causes = ret->has_causes || (t->optional && table_source_has(s, t->name));
	}
	if (find_years(s, folder, ret, err) < 0)
		return -1;
	for (size_t i = 0; i < omop_mco_table_count; i++)
		if (open_years(db, s, folder, &omop_mco_tables[i], err) < 0)
			return -1;
	return 0;
}
