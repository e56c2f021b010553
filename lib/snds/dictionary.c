#include "snds/dictionary.h"

#include "base/opt.h"
#include "snds/dictionary_rows.h"

#include <ctype.h>

/*
 * Small letters, French accents off: "Début" is "debut". Other text stays as
 * it is. U+00C0..U+00FF are the bytes C3 80..C3 BF.
 */
static void add_plain(struct str *out, const char *text)
{
	static const char base[] = "aaaaaa_ceeeeiiiidnooooo_ouuuuy__"
				   "aaaaaa_ceeeeiiiidnooooo_ouuuuy_y";

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (p[0] == 0xC3 && p[1] >= 0x80 && p[1] <= 0xBF)
			str_addc(out, base[*++p - 0x80]);
		else
			str_addc(out, (char)tolower(*p));
	}
}

static bool holds(const char *text, const char *plain_word)
{
	AUTO_STR struct str plain = {0};

	add_plain(&plain, text);
	return strstr(str_get(&plain), plain_word) != NULL;
}

static bool label_holds(const struct snds_label *label, const char *word)
{
	return holds(label->text[SNDS_FR], word) || holds(label->text[SNDS_EN], word);
}

static void add_codes(struct report *r, struct report_table *t, const struct snds_nomenclature *n,
    enum snds_lang lang)
{
	for (size_t i = 0; i < n->codes.len; i++)
		snds_rows_code(r, t, n, i, lang);
}

/* The long ones are left to "dictionary NAME": a page is to be read. */
static int add_short_lists(struct report *r, struct snds_schema *s, enum snds_lang lang,
    struct err *err)
{
	struct report_table *t = snds_rows_codes(r, REPORT_DETAIL);
	size_t left_out = 0;

	for (size_t i = 0; i < s->nomenclatures.len; i++) {
		struct snds_nomenclature *n = &s->nomenclatures.ptr[i];

		if (snds_nomenclature_load(s, n, err) < 0)
			return -1;
		if (n->codes.len <= SNDS_CODES_LISTED)
			add_codes(r, t, n, lang);
		else
			left_out++;
	}
	if (left_out)
		report_add_note(r, "%zu nomenclatures of more than %d codes are not listed here.",
		    left_out, SNDS_CODES_LISTED);
	return 0;
}

static void add_origin(struct report *r, const struct snds_schema *s)
{
	report_add_fact(r, "schema", "Schema", "%s", s->source);
}

static int make_list(struct snds_schema *s, enum snds_lang lang, struct report **ret,
    struct err *err)
{
	AUTO_REPORT struct report *r = report_new("SNDS dictionary",
	    "The tables of the SNDS, their columns, their codes, and how they are joined.");
	AUTO_STR struct str svg = {0};
	AUTO_STR struct str alt = {0};
	struct report_table *t;

	add_origin(r, s);
	report_add_fact(r, "tables", "Tables", "%zu", s->tables.len);
	report_add_fact(r, "columns", "Columns", "%zu", s->columns.len);
	report_add_fact(r, "links", "Links", "%zu", s->links.len);
	report_set_search(r, "Search tables, columns, codes");
	snds_diagram(s, lang, &svg);
	snds_diagram_words(s, &alt);
	report_add_svg(r, "diagram", "How the tables are joined", str_get(&alt), str_get(&svg));
	t = snds_rows_tables(r, REPORT_SHOWN | REPORT_EXPORTED);
	for (size_t i = 0; i < s->tables.len; i++)
		snds_rows_table(r, t, s, &s->tables.ptr[i], lang);
	t = snds_rows_columns(r, REPORT_DETAIL, true);
	for (size_t i = 0; i < s->columns.len; i++)
		snds_rows_column(r, t, s, i, true, lang);
	t = snds_rows_links(r, "links", "Links", REPORT_DETAIL);
	for (size_t i = 0; i < s->links.len; i++)
		snds_rows_link(r, t, s, &s->links.ptr[i]);
	if (add_short_lists(r, s, lang, err) < 0)
		return -1;
	*ret = TAKE(r);
	return 0;
}

static void add_years(struct report *r, const struct snds_life_span *span)
{
	AUTO_STR struct str years = {0};

	snds_years_text(span, &years);
	if (years.len)
		report_add_fact(r, "years", "Years", "%s", str_get(&years));
}

/* Of a table, or with `column` (not SIZE_MAX) of that column only; nothing when there is none. */
static void add_links(struct report *r, const struct snds_schema *s, size_t table, size_t column,
    bool out)
{
	struct report_table *t = NULL;

	for (size_t i = 0; i < s->links.len; i++) {
		const struct snds_link *l = &s->links.ptr[i];
		const size_t *ends = out ? l->from : l->to;
		bool wanted = column == SIZE_MAX;

		for (size_t k = 0; k < l->count; k++)
			wanted = wanted || ends[k] == column;
		if (!wanted || (out ? l->table : l->target) != table)
			continue;
		if (!t)
			t = snds_rows_links(r, out ? "links_out" : "links_in",
			    out ? "Points at" : "Pointed at by", REPORT_SHOWN);
		snds_rows_link(r, t, s, l);
	}
}

static struct report *make_table(const struct snds_schema *s, const struct snds_schema_table *table,
    enum snds_lang lang)
{
	struct report *r = report_new(table->name, snds_label_text(&table->label, lang));
	struct report_table *t;
	size_t at = (size_t)(table - s->tables.ptr);

	add_origin(r, s);
	report_add_fact(r, "product", "Product", "%s", table->product);
	add_years(r, &table->years);
	report_set_search(r, "Search columns");
	t = snds_rows_columns(r, REPORT_SHOWN | REPORT_EXPORTED, false);
	for (size_t i = 0; i < table->count; i++)
		snds_rows_column(r, t, s, table->first + i, false, lang);
	add_links(r, s, at, SIZE_MAX, true);
	add_links(r, s, at, SIZE_MAX, false);
	return r;
}

static void add_others(struct report *r, const struct snds_schema *s, size_t column)
{
	const char *name = s->columns.ptr[column].name;
	AUTO_STR struct str others = {0};

	for (size_t i = 0; i < s->columns.len; i++)
		if (i != column && view_eq_nocase(VIEW(s->columns.ptr[i].name), VIEW(name)))
			str_addf(&others, "%s%s", others.len ? ", " : "",
			    snds_table_of(s, i)->name);
	if (others.len)
		report_add_fact(r, "others", "Also in", "%s", str_get(&others));
}

static int make_column(struct snds_schema *s, size_t column, enum snds_lang lang,
    struct report **ret, struct err *err)
{
	const struct snds_schema_column *c = &s->columns.ptr[column];
	const struct snds_schema_table *table = snds_table_of(s, column);
	struct snds_nomenclature *n = snds_schema_nomenclature(s, VIEW(c->nomenclature));
	AUTO_FREE char *title = str_format("%s.%s", table->name, c->name);
	AUTO_REPORT struct report *r = report_new(title, snds_label_text(&c->label, lang));
	AUTO_STR struct str type = {0};

	snds_type_text(c, &type);
	add_origin(r, s);
	report_add_fact(r, "type", "Type", "%s", str_get(&type));
	if (c->length)
		report_add_fact(r, "length", "Length", "%d", c->length);
	if (c->key)
		report_add_fact(r, "key", "Key", "part of the primary key");
	add_years(r, &c->years);
	if (*c->nomenclature)
		report_add_fact(r, "nomenclature", "Nomenclature", "%s", c->nomenclature);
	add_others(r, s, column);
	if (n && snds_nomenclature_load(s, n, err) < 0)
		return -1;
	if (n && n->codes.len)
		add_codes(r, snds_rows_codes(r, REPORT_SHOWN | REPORT_EXPORTED), n, lang);
	add_links(r, s, (size_t)(table - s->tables.ptr), column, true);
	add_links(r, s, (size_t)(table - s->tables.ptr), column, false);
	*ret = TAKE(r);
	return 0;
}

static int make_nomenclature(struct snds_schema *s, struct snds_nomenclature *n,
    enum snds_lang lang, struct report **ret, struct err *err)
{
	AUTO_REPORT struct report *r = report_new(n->name, snds_label_text(&n->label, lang));
	struct report_table *t;

	if (snds_nomenclature_load(s, n, err) < 0)
		return -1;
	add_origin(r, s);
	report_add_fact(r, "codes", "Codes", "%zu", n->codes.len);
	report_set_search(r, "Search codes");
	add_codes(r, snds_rows_codes(r, REPORT_SHOWN | REPORT_EXPORTED), n, lang);
	t = snds_rows_columns(r, REPORT_SHOWN, true);
	for (size_t i = 0; i < s->columns.len; i++)
		if (view_eq_nocase(VIEW(s->columns.ptr[i].nomenclature), VIEW(n->name)))
			snds_rows_column(r, t, s, i, true, lang);
	*ret = TAKE(r);
	return 0;
}

/* A column named without its table. */
static struct report *make_columns_named(const struct snds_schema *s, const char *name,
    enum snds_lang lang)
{
	struct report *r = report_new(name, "Each table that has this column.");
	struct report_table *t = snds_rows_columns(r, REPORT_SHOWN | REPORT_EXPORTED, true);

	for (size_t i = 0; i < s->columns.len; i++)
		if (view_eq_nocase(VIEW(s->columns.ptr[i].name), VIEW(name)))
			snds_rows_column(r, t, s, i, true, lang);
	if (report_rows(t) == 0)
		report_free(&r);
	return r;
}

/* What begins as typed, else the nearest. */
static const char *likely(const char *typed, const char *const *words)
{
	size_t len = strlen(typed);
	AUTO_FREE char *capitals = mem_strdup(typed);

	for (char *c = capitals; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	for (size_t i = 0; len > 2 && words[i]; i++)
		if (strncmp(words[i], capitals, len) == 0)
			return words[i];
	return opt_nearest(capitals, words);
}

static int suggest(const char *what, const char *kind, const char *typed, const char **words,
    struct err *err)
{
	const char *near = likely(typed, words);

	(void)err_set(err, ERR_USAGE, "%s: no such %s in the schema", what, kind);
	return near ? err_hint(err, "did you mean %s?", near)
	            : err_hint(err, "hygie snds dictionary lists the tables, --search finds words");
}

static int unknown_table(const struct snds_schema *s, const char *what, const char *typed,
    struct err *err)
{
	VEC(const char *)
	words = {0};
	int rc;

	for (size_t i = 0; i < s->tables.len; i++)
		*vec_push(&words) = s->tables.ptr[i].name;
	for (size_t i = 0; i < s->columns.len; i++)
		*vec_push(&words) = s->columns.ptr[i].name;
	*vec_push(&words) = NULL;
	rc = suggest(what, "table, column or nomenclature", typed, words.ptr, err);
	vec_clear(&words);
	return rc;
}

static int unknown_column(const struct snds_schema *s, const struct snds_schema_table *t,
    const char *what, const char *typed, struct err *err)
{
	VEC(const char *)
	words = {0};
	int rc;

	for (size_t i = 0; i < t->count; i++)
		*vec_push(&words) = s->columns.ptr[t->first + i].name;
	*vec_push(&words) = NULL;
	rc = suggest(what, "column", typed, words.ptr, err);
	vec_clear(&words);
	return rc;
}

static int make_named(struct snds_schema *s, const char *what, enum snds_lang lang,
    struct report **ret, struct err *err)
{
	size_t stem = strcspn(what, ".");
	AUTO_FREE char *name = str_format("%.*s", (int)stem, what);
	int year;
	const struct snds_schema_table *t = snds_schema_match(s, VIEW(name), &year);
	struct snds_nomenclature *n = snds_schema_nomenclature(s, VIEW(name));
	const struct snds_schema_column *c;

	if (t && what[stem]) {
		c = snds_schema_column(s, t, VIEW(what + stem + 1));
		return c ? make_column(s, (size_t)(c - s->columns.ptr), lang, ret, err)
		         : unknown_column(s, t, what, what + stem + 1, err);
	}
	if (!t && n && !what[stem])
		return make_nomenclature(s, n, lang, ret, err);
	*ret = t ? make_table(s, t, lang) : what[stem] ? NULL
	                                               : make_columns_named(s, what, lang);
	return *ret ? 0 : unknown_table(s, what, name, err);
}

static void search_tables(struct report *r, const struct snds_schema *s, const char *word,
    enum snds_lang lang)
{
	struct report_table *t = NULL;

	for (size_t i = 0; i < s->tables.len; i++) {
		const struct snds_schema_table *table = &s->tables.ptr[i];

		if (!holds(table->name, word) && !label_holds(&table->label, word))
			continue;
		t = t ? t : snds_rows_tables(r, REPORT_SHOWN);
		snds_rows_table(r, t, s, table, lang);
	}
}

static void search_columns(struct report *r, const struct snds_schema *s, const char *word,
    enum snds_lang lang)
{
	struct report_table *t = snds_rows_columns(r, REPORT_SHOWN | REPORT_EXPORTED, true);

	for (size_t i = 0; i < s->columns.len; i++) {
		const struct snds_schema_column *c = &s->columns.ptr[i];

		if (holds(c->name, word) || label_holds(&c->label, word))
			snds_rows_column(r, t, s, i, true, lang);
	}
}

static void search_codes(struct report *r, const struct snds_schema *s, const char *word,
    enum snds_lang lang)
{
	struct report_table *t = NULL;

	for (size_t i = 0; i < s->nomenclatures.len; i++) {
		const struct snds_nomenclature *n = &s->nomenclatures.ptr[i];
		bool all = holds(n->name, word) || label_holds(&n->label, word);

		for (size_t k = 0; k < n->codes.len; k++) {
			if (!all && !label_holds(&n->codes.ptr[k].label, word))
				continue;
			t = t ? t : snds_rows_codes(r, REPORT_SHOWN);
			snds_rows_code(r, t, n, k, lang);
		}
	}
}

static int make_search(struct snds_schema *s, const char *search, enum snds_lang lang,
    struct report **ret, struct err *err)
{
	AUTO_REPORT struct report *r = report_new("SNDS dictionary", "");
	AUTO_STR struct str plain = {0};

	for (size_t i = 0; i < s->nomenclatures.len; i++)
		if (snds_nomenclature_load(s, &s->nomenclatures.ptr[i], err) < 0)
			return -1;
	add_plain(&plain, search);
	add_origin(r, s);
	report_add_fact(r, "search", "Search", "%s", search);
	search_tables(r, s, str_get(&plain), lang);
	search_columns(r, s, str_get(&plain), lang);
	search_codes(r, s, str_get(&plain), lang);
	*ret = TAKE(r);
	return 0;
}

int snds_dictionary(struct snds_schema *s, const char *what, const char *search,
    enum snds_lang lang, struct report **ret, struct err *err)
{
	if (what && search)
		return err_set(err, ERR_USAGE, "a name and --search exclude each other");
	if (search)
		return make_search(s, search, lang, ret, err);
	return what ? make_named(s, what, lang, ret, err) : make_list(s, lang, ret, err);
}
