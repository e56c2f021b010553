#include "table/list.h"

#include "base/embed.h"
#include "io/csv.h"

/* ("a", "b") of the current record, quoted by `quote`. */
static void add_record(struct str *sql, const struct csv_reader *r,
    void (*quote)(struct str *, struct view), const char *type)
{
	str_addc(sql, '(');
	for (size_t i = 0; i < csv_count(r); i++) {
		if (i)
			str_addz(sql, ", ");
		quote(sql, csv_field(r, i));
		str_addz(sql, type);
	}
	str_addc(sql, ')');
}

static int read_rows(struct csv_reader *r, struct str *sql, const char *name, struct err *err)
{
	bool first = true;
	int rc;

	str_addf(sql, "INSERT INTO list_%s VALUES ", name);
	while ((rc = csv_next(r, err)) > 0) {
		if (!first)
			str_addz(sql, ", ");
		add_record(sql, r, table_quote_text, "");
		first = false;
	}
	return rc;
}

/* "nir_codes" of "mainbase/data/nir_codes.csv". */
static char *list_name(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return str_format("%.*s", (int)strcspn(name, "."), name);
}

int table_list_load(struct table_db *db, const char *path, struct err *err)
{
	AUTO_FREE char *name = list_name(path);
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	AUTO_STR struct str sql = {0};

	if (csv_next(r, err) < 0)
		return -1;
	str_addf(&sql, "CREATE TABLE list_%s ", name);
	add_record(&sql, r, table_quote_name, " VARCHAR");
	str_addz(&sql, "; ");
	if (read_rows(r, &sql, name, err) < 0)
		return -1;
	return table_run(db, path, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}
