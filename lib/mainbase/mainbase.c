#include "mainbase/mainbase.h"

#include "base/embed.h"
#include "mainbase/care.h"
#include "table/list.h"
#include "table/query.h"

#include <assert.h>

/* The nine keys of DCIR: ER_PRS_F is `r`, the table that hangs on it `a`. */
#define KEYS                                                                             \
	"DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP, FLX_TRT_DTD, " \
	"ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF"

static const char *const lists[] = {
    "mainbase/data/nir_codes.csv",
    "mainbase/data/finess_duplicates.csv",
    "mainbase/data/consultation_natures.csv",
};

static void add_same_care(struct str *sql)
{
	struct view keys = VIEW_LIT(KEYS);
	struct view key;

	while (view_next(&keys, ',', &key)) {
		key = view_trim(key);
		str_addf(sql, "%sa.%.*s = r.%.*s", sql->len ? " AND " : "", VIEW_ARG(key),
		    VIEW_ARG(key));
	}
}

/* Rows that a rule would have made one stay apart when it is off. */
static const char *each(const struct mainbase *b, const char *filter)
{
	return mainbase_filters_on(&b->filters, filter) ? "0" : "row_number() OVER ()";
}

static void make_words(struct mainbase *b)
{
	AUTO_STR struct str same_care = {0};

	add_same_care(&same_care);
	mainbase_filters_words(&b->filters, &b->words);
	*vec_push(&b->words.items) = (struct table_word){"keys", KEYS};
	*vec_push(&b->words.items) = (struct table_word){"same_care",
	    arena_strdup(&b->words.arena, str_view(&same_care))};
	*vec_push(&b->words.items) = (struct table_word){"each_row", each(b, "regularisation")};
	*vec_push(&b->words.items) = (struct table_word){"each_code", each(b, "repeated_code")};
}

int mainbase_run(struct mainbase *b, const char *file, struct table_params params,
    struct err *err)
{
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find(file), b->words.items.ptr, b->words.items.len);
	if (mainbase_source_need(&b->source, str_view(&sql), err) < 0)
		return -1;
	return table_run(b->db, file, str_view(&sql), params, NULL, err);
}

static const char *word_of(const struct mainbase_words *w, const char *name)
{
	size_t i = 0;

	while (i < w->items.len && strcmp(w->items.ptr[i].name, name) != 0)
		i++;
	assert(i < w->items.len);
	return w->items.ptr[i].value;
}

/* A file that several share. */
static int run_shared(struct mainbase *b, const struct mainbase_care *c, struct err *err)
{
	AUTO_FREE char *file = str_format("mainbase/sql/%s.sql", c->shared);
	AUTO_FREE char *filters = str_format("filters_%s", c->stage);
	size_t common = b->words.items.len;
	int rc;

	*vec_push(&b->words.items) = (struct table_word){"care", c->name};
	*vec_push(&b->words.items) = (struct table_word){"stage", c->stage};
	*vec_push(&b->words.items) = (struct table_word){"filters", word_of(&b->words, filters)};
	for (size_t i = 0; i < ARRAY_LEN(c->words) && c->words[i].name; i++)
		*vec_push(&b->words.items) = c->words[i];
	rc = mainbase_run(b, file, TABLE_NO_PARAMS, err);
	b->words.items.len = common;
	return rc;
}

static int run_own(struct mainbase *b, const struct mainbase_care *c, struct err *err)
{
	AUTO_FREE char *file = str_format("mainbase/sql/%s.sql", c->name);

	return mainbase_run(b, file, TABLE_NO_PARAMS, err);
}

static int make_care(struct mainbase *b, size_t index, struct err *err)
{
	const struct mainbase_care *c = mainbase_care_at(index);
	struct view needs = VIEW(c->needs);
	struct view name;
	int rc;

	if (b->made >> index & 1)
		return 0;
	while (view_next(&needs, ' ', &name))
		if (name.len && make_care(b, mainbase_care_find(name), err) < 0)
			return -1;
	progress_start(b->progress, c->what, NULL, 100);
	rc = c->shared ? run_shared(b, c, err) : run_own(b, c, err);
	progress_end(b->progress);
	b->made |= (uint64_t)1 << index;
	return rc;
}

int mainbase_make(struct mainbase *b, const char *table, struct err *err)
{
	return make_care(b, mainbase_care_find(VIEW(table)), err);
}

/* The option, else the manifest's day; as text, since a parameter may be NULL only so. */
static struct view day_text(date_t option, date_t manifest, char buf[DATE_TEXT_SIZE])
{
	date_t day = option != DATE_NONE ? option : manifest;

	return day == DATE_NONE ? VIEW_NONE : VIEW(date_format(day, buf));
}

static int read_span(struct mainbase *b, const char *from, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;

	if (table_query_open(&q, b->db, "span", VIEW_LIT("SELECT first_day, last_day FROM span"),
		TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	if (table_query_is_null(q, 0, 0) || table_query_is_null(q, 1, 0)) {
		(void)err_set(err, ERR_FORMAT, "%s: no care has a date", from);
		return err_hint(err, "give the days of the data with --start and --end");
	}
	b->first_day = table_query_date(q, 0)[0];
	b->last_day = table_query_date(q, 1)[0];
	if (b->first_day > b->last_day)
		return err_set(err, ERR_USAGE, "the data end before they start");
	return 0;
}

static int find_span(struct mainbase *b, const struct mainbase_options *o, struct err *err)
{
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
	struct view first_text = day_text(o->first_day, b->source.first_day, first);
	struct view last_text = day_text(o->last_day, b->source.last_day, last);
	struct table_params days = TABLE_PARAMS(
	    TABLE_TEXT("first_day", first_text), TABLE_TEXT("last_day", last_text));
	bool told = first_text.ptr && last_text.ptr;

	if (mainbase_run(b, told ? "mainbase/sql/span_told.sql" : "mainbase/sql/span.sql", days,
		err) < 0)
		return -1;
	return read_span(b, o->from, err);
}

static int load_lists(struct table_db *db, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (table_list_load(db, lists[i], err) < 0)
			return -1;
	return 0;
}

int mainbase_open(struct mainbase *ret, struct table_db *db, const struct mainbase_options *o,
    struct err *err)
{
	*ret = (struct mainbase){.db = db, .progress = o->progress};
	if (mainbase_filters_load(&ret->filters, err) < 0 ||
	    mainbase_filters_without(&ret->filters, o->without, err) < 0 ||
	    load_lists(db, err) < 0)
		return -1;
	make_words(ret);
	if (mainbase_source_open(&ret->source, db, o->from, err) < 0 ||
	    mainbase_run(ret, "mainbase/sql/filter_count.sql", TABLE_NO_PARAMS, err) < 0 ||
	    find_span(ret, o, err) < 0)
		return -1;
	return mainbase_make(ret, "person", err);
}

void mainbase_close(struct mainbase *b)
{
	mainbase_source_clear(&b->source);
	mainbase_filters_clear(&b->filters);
	mainbase_words_clear(&b->words);
}
