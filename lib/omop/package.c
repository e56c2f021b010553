#include "omop/package.h"

#include "base/arena.h"
#include "base/embed.h"
#include "base/vec.h"
#include "io/csv.h"
#include "io/json.h"

#include <ctype.h>

static const char file[] = "omop/data/dqd/field.csv";

struct package_field {
	const char *table, *name, *type;
	bool required, key;
	const char *target, *target_field; /* "" */
};

struct package {
	struct arena arena;
	VEC(struct package_field) fields; /* a table's are together */
};

static const char *lower(struct arena *arena, struct view v)
{
	char *text = arena_strdup(arena, v);

	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return text;
}

static int read_fields(struct package *p, struct err *err)
{
	static const char *const names[] = {"cdmTableName", "cdmFieldName", "cdmDatatype",
	    "isRequired", "isPrimaryKey", "fkTableName", "fkFieldName"};
	AUTO_CSV struct csv_reader *csv = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(csv, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0)
		*vec_push(&p->fields) = (struct package_field){
		    .table = lower(&p->arena, csv_field(csv, at[0])),
		    .name = lower(&p->arena, csv_field(csv, at[1])),
		    .type = lower(&p->arena, csv_field(csv, at[2])),
		    .required = view_eq(csv_field(csv, at[3]), VIEW_LIT("Yes")),
		    .key = view_eq(csv_field(csv, at[4]), VIEW_LIT("Yes")),
		    .target = lower(&p->arena, csv_field(csv, at[5])),
		    .target_field = lower(&p->arena, csv_field(csv, at[6])),
		};
	return rc;
}

/* "varchar(50)": 50; else 0 */
static int64_t length_of(const char *type)
{
	struct view rest = VIEW(type), piece;
	int64_t length = 0;

	if (!view_next(&rest, '(', &piece) || !view_next(&rest, ')', &piece) ||
	    !view_to_i64(piece, &length))
		return 0;
	return length;
}

static const char *type_of(const char *type)
{
	if (strcmp(type, "bigint") == 0)
		return "integer";
	if (strcmp(type, "float") == 0)
		return "number";
	return strncmp(type, "varchar", 7) == 0 ? "string" : type;
}

static void add_field(struct json_writer *json, const struct package_field *f)
{
	int64_t length = length_of(f->type);

	json_begin_object(json);
	json_set_text(json, "name", f->name);
	json_set_text(json, "type", type_of(f->type));
	json_key(json, "constraints");
	json_begin_object(json);
	json_key(json, "required");
	json_add_bool(json, f->required);
	if (length)
		json_set_int(json, "maxLength", length);
	json_end_object(json);
	json_key(json, "hygie:loose");
	json_add_bool(json, true);
	json_end_object(json);
}

static void add_keys(struct json_writer *json, const struct package_field *fields, size_t count)
{
	json_key(json, "primaryKey");
	json_begin_array(json);
	for (size_t i = 0; i < count; i++)
		if (fields[i].key)
			json_add_text(json, VIEW(fields[i].name));
	json_end_array(json);
}

static void add_links(struct json_writer *json, const struct package_field *fields, size_t count)
{
	json_key(json, "foreignKeys");
	json_begin_array(json);
	for (size_t i = 0; i < count; i++) {
		if (!*fields[i].target)
			continue;
		json_begin_object(json);
		json_set_text(json, "fields", fields[i].name);
		json_key(json, "reference");
		json_begin_object(json);
		json_set_text(json, "resource", fields[i].target);
		json_set_text(json, "fields", fields[i].target_field);
		json_end_object(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void add_resource(struct json_writer *json, const struct package_field *fields,
    size_t count)
{
	json_begin_object(json);
	json_set_text(json, "name", fields->table);
	json_key(json, "hygie:optional");
	json_add_bool(json, strcmp(fields->table, "person") != 0);
	json_key(json, "schema");
	json_begin_object(json);
	json_set_text(json, "fieldsMatch", "equal");
	json_key(json, "fields");
	json_begin_array(json);
	for (size_t i = 0; i < count; i++)
		add_field(json, &fields[i]);
	json_end_array(json);
	add_keys(json, fields, count);
	add_links(json, fields, count);
	json_end_object(json);
	json_end_object(json);
}

int omop_package_write(struct str *ret, struct err *err)
{
	struct package p = {0};
	struct json_writer json = {.out = ret};
	int rc = read_fields(&p, err);

	json_begin_object(&json);
	json_set_text(&json, "name", "omop-cdm-5.4");
	json_key(&json, "resources");
	json_begin_array(&json);
	for (size_t i = 0, n; rc == 0 && i < p.fields.len; i += n) {
		const struct package_field *f = &p.fields.ptr[i];

		for (n = 1; i + n < p.fields.len && strcmp(f[n].table, f->table) == 0; n++)
			;
		add_resource(&json, f, n);
	}
	json_end_array(&json);
	json_end_object(&json);
	vec_clear(&p.fields);
	arena_clear(&p.arena);
	return rc;
}
