#include "omop/spec.h"

#include "base/embed.h"
#include "io/csv.h"

static const char path[] = "omop/data/cdm54.csv";

static const char *duckdb_type(struct view type)
{
	static const struct {
		const char *omop, *duckdb;
	} known[] = {
	    {"integer", "INTEGER"},
	    {"bigint", "BIGINT"},
	    {"date", "DATE"},
	    {"datetime", "TIMESTAMP"},
	    {"float", "DOUBLE"},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (view_eq(type, VIEW(known[i].omop)))
			return known[i].duckdb;
	return "VARCHAR";
}

static struct omop_table *table_of(struct omop_spec *spec, struct view name)
{
	struct omop_table *t;

	if (spec->tables.len) {
		t = &spec->tables.ptr[spec->tables.len - 1];
		if (view_eq(VIEW(t->name), name))
			return t;
	}
	t = vec_push(&spec->tables);
	t->name = arena_strdup(&spec->arena, name);
	return t;
}

int omop_spec_load(struct omop_spec *spec, struct err *err)
{
	static const char *const names[] = {"table", "column", "type", "required"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct omop_table *t = table_of(spec, csv_field(r, at[0]));

		*vec_push(&t->columns) = (struct omop_column){
		    .name = arena_strdup(&spec->arena, csv_field(r, at[1])),
		    .type = duckdb_type(csv_field(r, at[2])),
		    .required = view_eq(csv_field(r, at[3]), VIEW_LIT("yes")),
		};
	}
	return rc;
}

void omop_spec_clear(struct omop_spec *spec)
{
	for (size_t i = 0; i < spec->tables.len; i++)
		vec_clear(&spec->tables.ptr[i].columns);
	vec_clear(&spec->tables);
	arena_clear(&spec->arena);
}
