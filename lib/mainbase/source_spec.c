#include "mainbase/source_spec.h"

#include "base/embed.h"
#include "io/csv.h"

static const char tables_path[] = "mainbase/data/tables.csv";
static const char columns_path[] = "mainbase/data/columns.csv";

static const char *const kinds[MAINBASE_KINDS] = {
    [MAINBASE_TEXT] = "text",
    [MAINBASE_INT] = "int",
    [MAINBASE_NUMBER] = "number",
    [MAINBASE_DATE] = "date",
    [MAINBASE_DAY] = "day",
    [MAINBASE_CODE] = "code",
    [MAINBASE_PASSED] = "passed",
    [MAINBASE_DIGITS] = "digits",
    [MAINBASE_UCD] = "ucd",
    [MAINBASE_KEY] = "key",
};

static bool is_yes(struct view field)
{
	return view_eq(field, VIEW_LIT("yes"));
}

static int load_tables(struct mainbase_spec *spec, struct err *err)
{
	static const char *const names[] = {"table", "view", "key", "optional"};
	AUTO_CSV struct csv_reader *r = csv_open_view(tables_path, embed_find(tables_path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		*vec_push(&spec->tables) = (struct mainbase_table){
		    .name = arena_strdup(&spec->arena, csv_field(r, at[0])),
		    .view = arena_strdup(&spec->arena, csv_field(r, at[1])),
		    .key = arena_strdup(&spec->arena, csv_field(r, at[2])),
		    .optional = is_yes(csv_field(r, at[3])),
		};
	return rc;
}

static struct mainbase_table *find_table(struct mainbase_spec *spec, struct view name)
{
	for (size_t i = 0; i < spec->tables.len; i++)
		if (view_eq(VIEW(spec->tables.ptr[i].name), name))
			return &spec->tables.ptr[i];
	return NULL;
}

static int find_kind(struct view name)
{
	for (int i = 0; i < MAINBASE_KINDS; i++)
		if (view_eq(VIEW(kinds[i]), name))
			return i;
	return -1;
}

static int add_column(struct mainbase_spec *spec, const struct csv_reader *r, const size_t *at,
    struct err *err)
{
	struct mainbase_table *t = find_table(spec, csv_field(r, at[0]));
	int kind = find_kind(csv_field(r, at[2]));

	if (!t || kind < 0)
		return err_set(err, ERR_INTERNAL, "%s: unknown table or kind in line %zu",
		    columns_path, csv_line(r));
	*vec_push(&t->columns) = (struct mainbase_column){
	    .column = arena_strdup(&spec->arena, csv_field(r, at[1])),
	    .kind = (enum mainbase_kind)kind,
	    .optional = is_yes(csv_field(r, at[3])),
	    .name = arena_strdup(&spec->arena, csv_field(r, at[4])),
	    .width = arena_strdup(&spec->arena, csv_field(r, at[5])),
	};
	return 0;
}

int mainbase_spec_load(struct mainbase_spec *spec, struct err *err)
{
	static const char *const names[] = {
	    "table", "column", "kind", "optional", "name", "width"};
	AUTO_CSV struct csv_reader *r = csv_open_view(columns_path, embed_find(columns_path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (load_tables(spec, err) < 0 || csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		if (add_column(spec, r, at, err) < 0)
			return -1;
	return rc;
}

void mainbase_spec_clear(struct mainbase_spec *spec)
{
	for (size_t i = 0; i < spec->tables.len; i++)
		vec_clear(&spec->tables.ptr[i].columns);
	vec_clear(&spec->tables);
	arena_clear(&spec->arena);
}

bool mainbase_is_yearly(const struct mainbase_table *t)
{
	return strncmp(t->name, "T_", 2) == 0;
}
