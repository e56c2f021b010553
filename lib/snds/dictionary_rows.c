#include "snds/dictionary_rows.h"

const struct snds_schema_table *snds_table_of(const struct snds_schema *s, size_t column)
{
	for (size_t i = 0; i < s->tables.len; i++) {
		const struct snds_schema_table *t = &s->tables.ptr[i];

		if (column >= t->first && column < t->first + t->count)
			return t;
	}
	abort(); /* every column has its table */
}

void snds_years_text(const struct snds_life_span *y, struct str *out)
{
	if (y->created || y->deleted) {
		if (y->created)
			str_addf(out, "%d", y->created);
		str_addc(out, '-');
		if (y->deleted)
			str_addf(out, "%d", y->deleted);
	}
	if (y->absent_first)
		str_addf(out, ", not %d-%d", y->absent_first, y->absent_last);
}

void snds_type_text(const struct snds_schema_column *c, struct str *out)
{
	str_addz(out, snds_type_name(c->type));
	if (c->type != c->declared)
		str_addf(out, ", declared %s", snds_type_name(c->declared));
}

static void add_names(struct str *out, const struct snds_schema *s, const size_t *columns,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		str_addf(out, "%s%s", i ? " + " : "", s->columns.ptr[columns[i]].name);
}

struct report_table *snds_rows_tables(struct report *r, unsigned role)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"product", "Product", REPORT_TEXT},
	    {"label", "What", REPORT_TEXT},
	    {"columns", "Columns", REPORT_COUNT},
	    {"years", "Years", REPORT_TEXT},
	    {"key", "Key", REPORT_TEXT},
	};

	return report_add_table(r, "tables", "Tables", role, columns, ARRAY_LEN(columns));
}

void snds_rows_table(struct report *r, struct report_table *t, const struct snds_schema *s,
    const struct snds_schema_table *table, enum snds_lang lang)
{
	AUTO_STR struct str years = {0};
	AUTO_STR struct str key = {0};

	snds_years_text(&table->years, &years);
	add_names(&key, s, table->key.ptr, table->key.len);
	report_add_cell(r, t, "%s", table->name);
	report_add_cell(r, t, "%s", table->product);
	report_add_cell(r, t, "%s", snds_label_text(&table->label, lang));
	report_add_cell(r, t, "%zu", table->count);
	report_add_cell(r, t, "%s", str_get(&years));
	report_add_cell(r, t, "%s", str_get(&key));
}

struct report_table *snds_rows_columns(struct report *r, unsigned role, bool with_table)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"column", "Column", REPORT_TEXT},
	    {"label", "What", REPORT_TEXT},
	    {"type", "Type", REPORT_TEXT},
	    {"length", "Length", REPORT_COUNT},
	    {"key", "Key", REPORT_TEXT},
	    {"nomenclature", "Nomenclature", REPORT_TEXT},
	    {"years", "Years", REPORT_TEXT},
	};

	return report_add_table(r, "columns", "Columns", role, columns + !with_table,
	    ARRAY_LEN(columns) - !with_table);
}

static const char *key_words(const struct snds_schema_column *c)
{
	if (c->key)
		return c->linked ? "primary, link" : "primary";
	return c->linked ? "link" : "";
}

void snds_rows_column(struct report *r, struct report_table *t, const struct snds_schema *s,
    size_t column, bool with_table, enum snds_lang lang)
{
	const struct snds_schema_column *c = &s->columns.ptr[column];
	AUTO_STR struct str years = {0};

	snds_years_text(&c->years, &years);
	if (with_table)
		report_add_cell(r, t, "%s", snds_table_of(s, column)->name);
	report_add_cell(r, t, "%s", c->name);
	report_add_cell(r, t, "%s", snds_label_text(&c->label, lang));
	report_add_cell(r, t, "%s", snds_type_name(c->type));
	if (c->length)
		report_add_cell(r, t, "%d", c->length);
	else
		report_add_cell(r, t, "%s", "");
	report_add_cell(r, t, "%s", key_words(c));
	report_add_cell(r, t, "%s", c->nomenclature);
	report_add_cell(r, t, "%s", str_get(&years));
}

struct report_table *snds_rows_links(struct report *r, const char *id, const char *title,
    unsigned role)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"columns", "Columns", REPORT_TEXT},
	    {"target", "Points at", REPORT_TEXT},
	    {"target_columns", "Its columns", REPORT_TEXT},
	};

	return report_add_table(r, id, title, role, columns, ARRAY_LEN(columns));
}

void snds_rows_link(struct report *r, struct report_table *t, const struct snds_schema *s,
    const struct snds_link *l)
{
	AUTO_STR struct str from = {0};
	AUTO_STR struct str to = {0};

	add_names(&from, s, l->from, l->count);
	add_names(&to, s, l->to, l->count);
	report_add_cell(r, t, "%s", s->tables.ptr[l->table].name);
	report_add_cell(r, t, "%s", str_get(&from));
	report_add_cell(r, t, "%s", s->tables.ptr[l->target].name);
	report_add_cell(r, t, "%s", str_get(&to));
}

struct report_table *snds_rows_codes(struct report *r, unsigned role)
{
	static const struct report_column columns[] = {
	    {"nomenclature", "Nomenclature", REPORT_TEXT},
	    {"code", "Code", REPORT_TEXT},
	    {"label", "What", REPORT_TEXT},
	};

	return report_add_table(r, "codes", "Codes", role, columns, ARRAY_LEN(columns));
}

void snds_rows_code(struct report *r, struct report_table *t, const struct snds_nomenclature *n,
    size_t code, enum snds_lang lang)
{
	report_add_cell(r, t, "%s", n->name);
	report_add_cell(r, t, "%s", n->codes.ptr[code].code);
	report_add_cell(r, t, "%s", snds_label_text(&n->codes.ptr[code].label, lang));
}
