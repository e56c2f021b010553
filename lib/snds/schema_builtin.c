/* The tables of data/schema, which travel in the program. */
#include "snds/data_file.h"
#include "snds/schema_build.h"

static struct snds_label label_of(struct data_file *f, size_t column)
{
	struct snds_label label;

	for (size_t lang = 0; lang < SNDS_LANGS; lang++)
		label.text[lang] = data_text(f, column + lang).ptr;
	return label;
}

/* An empty cell is 0: no such year. */
static int year_of(struct data_file *f, size_t column)
{
	return data_text(f, column).len ? data_int(f, column) : 0;
}

static int load_tables(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"table", "product", "created", "deleted", "fr", "en"};
	AUTO_DATA struct data_file f;
	struct snds_schema_table *t;
	struct err why = {0};

	data_open(&f, &s->arena, "snds/data/schema/tables.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		if (snds_schema_add_table(s, data_text(&f, 0), &t, &why) < 0) {
			data_refuse(&f, why.msg);
			continue;
		}
		t->product = data_text(&f, 1).ptr;
		t->years.created = year_of(&f, 2);
		t->years.deleted = year_of(&f, 3);
		t->label = label_of(&f, 4);
	}
	return data_end(&f, err);
}

/* "2012-2013" */
static void set_absence(struct data_file *f, size_t column, struct snds_life_span *years)
{
	struct view range = data_text(f, column);
	struct view first, last;
	int64_t a, b;

	if (range.len == 0)
		return;
	if (!view_next(&range, '-', &first) || !view_next(&range, '-', &last) ||
	    !view_to_i64(first, &a) || !view_to_i64(last, &b))
		data_refuse(f, "absent is not FIRST-LAST");
	else
		*years = (struct snds_life_span){years->created, years->deleted, (int)a, (int)b};
}

/* "17", or "10,2": digits before the point, decimals. */
static int length_of(struct data_file *f, size_t column)
{
	struct view length = data_text(f, column);
	struct view digits;
	int64_t n = 0;

	if (length.len && (!view_next(&length, ',', &digits) || !view_to_i64(digits, &n)))
		data_refuse(f, "length is not a number");
	return (int)n;
}

static void set_column(struct data_file *f, struct snds_schema_column *c)
{
	c->declared = snds_type_parse(data_text(f, 2));
	if (c->declared == SNDS_TYPES)
		data_refuse(f, "no such type");
	c->length = length_of(f, 3);
	c->nomenclature = data_text(f, 4).ptr;
	c->years.created = year_of(f, 5);
	c->years.deleted = year_of(f, 6);
	set_absence(f, 7, &c->years);
}

static int load_columns(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"table", "column", "type", "length", "nomenclature",
	    "created", "deleted", "absent"};
	AUTO_DATA struct data_file f;
	struct snds_schema_column *c;
	struct err why = {0};

	data_open(&f, &s->arena, "snds/data/schema/columns.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		struct snds_schema_table *t = snds_schema_table(s, data_text(&f, 0));

		if (!t)
			data_refuse(&f, "no such table");
		else if (snds_schema_add_column(s, t, data_text(&f, 1), &c, &why) < 0)
			data_refuse(&f, why.msg);
		else
			set_column(&f, c);
	}
	return data_end(&f, err);
}

static int load_keys(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"table", "key"};
	AUTO_DATA struct data_file f;
	struct err why = {0};

	data_open(&f, &s->arena, "snds/data/schema/tables.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		struct snds_schema_table *t = snds_schema_table(s, data_text(&f, 0));

		if (t && snds_schema_set_key(s, t, data_text(&f, 1), &why) < 0)
			data_refuse(&f, why.msg);
	}
	return data_end(&f, err);
}

static int load_links(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"table", "columns", "target", "target_columns"};
	AUTO_DATA struct data_file f;
	struct err why = {0};

	data_open(&f, &s->arena, "snds/data/schema/links.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		struct snds_schema_table *t = snds_schema_table(s, data_text(&f, 0));

		if (!t)
			data_refuse(&f, "no such table");
		else if (snds_schema_add_link(s, t, data_text(&f, 1), data_text(&f, 2),
			     data_text(&f, 3), &why) < 0)
			data_refuse(&f, why.msg);
	}
	return data_end(&f, err);
}

/* A label belongs to a column's name, in whatever table it stands. */
static int load_labels(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"column", "fr", "en"};
	AUTO_DATA struct data_file f;
	AUTO_MAP struct map known = {0};
	VEC(struct snds_label)
	labels = {0};

	data_open(&f, &s->arena, "snds/data/schema/labels.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		*map_add(&known, data_text(&f, 0), 0) = (int64_t)labels.len;
		*vec_push(&labels) = label_of(&f, 1);
	}
	for (size_t i = 0; i < s->columns.len; i++) {
		AUTO_STR struct str name = {0};
		const int64_t *at;

		snds_schema_fold(&name, VIEW(s->columns.ptr[i].name));
		at = map_find(&known, str_view(&name));
		if (at && (size_t)*at < labels.len)
			s->columns.ptr[i].label = labels.ptr[*at];
	}
	vec_clear(&labels);
	return data_end(&f, err);
}

/* A row without a code names the nomenclature; its codes follow. */
static int load_nomenclatures(struct snds_schema *s, struct err *err)
{
	static const char *const names[] = {"nomenclature", "code", "fr", "en"};
	AUTO_DATA struct data_file f;
	struct err why = {0};

	data_open(&f, &s->arena, "snds/data/schema/nomenclatures.csv", names, ARRAY_LEN(names));
	while (data_next(&f)) {
		struct view code = data_text(&f, 1);
		struct snds_nomenclature *n = NULL;

		if (code.len == 0 &&
		    snds_schema_add_nomenclature(s, data_text(&f, 0), &n, &why) < 0) {
			data_refuse(&f, why.msg);
		} else if (n) {
			n->label = label_of(&f, 2);
		} else if ((n = snds_schema_nomenclature(s, data_text(&f, 0)))) {
			*vec_push(&n->codes) = (struct snds_code){code.ptr, label_of(&f, 2)};
		} else {
			data_refuse(&f, "no such nomenclature");
		}
	}
	return data_end(&f, err);
}

int snds_schema_builtin(struct snds_schema **ret, struct err *err)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new("built-in");

	if (load_tables(s, err) < 0 || load_columns(s, err) < 0 || load_keys(s, err) < 0 ||
	    load_links(s, err) < 0 || load_labels(s, err) < 0 || load_nomenclatures(s, err) < 0 ||
	    snds_schema_finish(s, err) < 0)
		return -1;
	*ret = TAKE(s);
	return 0;
}
