/*
 * A linkage result file as a matcher: CENTRE\tIDACC to what was found. Either
 * outcomes, or the pairs.csv of hygie link (the best pair of a record first).
 */
#include "base/map.h"
#include "exchange/identify.h"
#include "health/birth_date.h"
#include "health/nir.h"
#include "io/csv.h"

enum { CENTRE,
	IDACC,
	NIR,
	OUTCOME,
	BIRTH_DATE,
	SEX,
	DECEASED,
	COLUMNS };

static const char *const columns[COLUMNS] = {
    "centre", "idacc", "nir", "outcome", "birth_date", "sex", "deceased"};

/* The columns of pairs.csv that are read. */
enum { LEFT,
	RIGHT,
	WEIGHT,
	LEVELS,
	PAIR_COLUMNS };

static const char *const pair_columns[PAIR_COLUMNS] = {"id_l", "id_r", "weight", "levels"};

static const double CERTAIN_WEIGHT = 10, APART_WEIGHT = 6, ECHO_WEIGHT = 0;

struct exchange_links {
	struct map by_subject;
	VEC(struct exchange_identity) found;
	VEC(double)
	weights;                                  /* of found, when they are pairs */
	const struct exchange_matcher *otherwise; /* or NULL */
};

struct reading {
	struct exchange_links *links;
	struct csv_reader *csv;
	const char *path;
	size_t at[COLUMNS]; /* from 1; 0: the file has none */
	uint64_t row;
};

static struct view value(const struct reading *r, int column)
{
	return r->at[column] ? view_trim(csv_field(r->csv, r->at[column] - 1)) : VIEW_NONE;
}

static int bad_row(const struct reading *r, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: row %llu: %s", r->path, (unsigned long long)r->row,
	    what);
}

/* Of the header, which was read. */
MUST_CHECK static int read_columns(struct reading *r, struct err *err)
{
	for (size_t i = 0; i < csv_count(r->csv); i++)
		for (int c = 0; c < COLUMNS; c++)
			if (view_eq_nocase(view_trim(csv_field(r->csv, i)), VIEW(columns[c])))
				r->at[c] = i + 1;
	if (!r->at[IDACC] || !r->at[NIR] || !r->at[OUTCOME])
		return err_set(err, ERR_FORMAT, "%s: columns idacc, nir and outcome must be there",
		    r->path);
	return 0;
}

static enum exchange_outcome outcome_of(struct view word)
{
	static const char letters[] = "iruemax";

	for (size_t i = 0; letters[i]; i++)
		if (view_eq(word, VIEW(exchange_outcome_name(letters[i]))))
			return (enum exchange_outcome)letters[i];
	return 0;
}

static void key_of(struct view centre, struct view idacc, struct str *out)
{
	str_reset(out);
	str_add(out, centre);
	str_addc(out, '\t');
	str_add(out, idacc);
}

MUST_CHECK static int read_found(const struct reading *r, struct exchange_identity *ret,
    struct err *err)
{
	struct view nir_text = value(r, NIR);
	struct view sex = value(r, SEX);
	struct birth_date date = {0};
	struct nir nir;

	ret->outcome = outcome_of(value(r, OUTCOME));
	ret->deceased = value(r, DECEASED).len && !view_eq(value(r, DECEASED), VIEW_LIT("0"));
	if (!ret->outcome)
		return bad_row(r, "outcome is none of the seven", err);
	if (nir_text.len && nir_parse(&nir, nir_text) != NIR_SOUND)
		return bad_row(r, "nir is no NIR", err);
	if (nir_text.len)
		memcpy(ret->nir, nir.digits, sizeof(nir.digits));
	if (exchange_outcome_is_certain(ret->outcome) && !nir_text.len)
		return bad_row(r, "a certain outcome without a NIR", err);
	if (value(r, BIRTH_DATE).len && !birth_date_parse(value(r, BIRTH_DATE), &date))
		return bad_row(r, "birth_date is no date", err);
	if (value(r, BIRTH_DATE).len)
		(void)birth_date_format(date, ret->birth_date); /* returns the buffer */
	if (sex.len == 1 && strchr("1M", sex.ptr[0]))
		ret->sex = '1';
	else if (sex.len == 1 && strchr("2F", sex.ptr[0]))
		ret->sex = '2';
	return 0;
}

MUST_CHECK static int read_rows(struct reading *r, struct err *err)
{
	AUTO_STR struct str key = {0};
	int rc;

	while ((rc = csv_next(r->csv, err)) > 0) {
		struct exchange_identity found = {0};
		struct exchange_links *l = r->links;

		r->row++;
		if (read_found(r, &found, err) < 0)
			return -1;
		key_of(value(r, CENTRE), value(r, IDACC), &key);
		if (map_intern(&l->by_subject, str_view(&key)) != (int64_t)l->found.len)
			return bad_row(r, "a second link of one subject number", err);
		*vec_push(&l->found) = found;
	}
	return rc;
}

/* 1 when it is a pairs.csv, whose columns are found then. */
static bool find_pair_columns(const struct csv_reader *csv, size_t *ret)
{
	size_t seen = 0;

	for (size_t i = 0; i < csv_count(csv); i++) {
		for (int c = 0; c < PAIR_COLUMNS; c++) {
			if (view_eq(csv_field(csv, i), VIEW(pair_columns[c]))) {
				ret[c] = i;
				seen++;
			}
		}
	}
	return seen == PAIR_COLUMNS;
}

/* Levels are numbers: 1 the same, 0 missing. */
static bool all_agree(struct view levels)
{
	struct view level;

	while (view_next(&levels, ' ', &level))
		if (!view_eq(level, VIEW_LIT("1")) && !view_eq(level, VIEW_LIT("0")))
			return false;
	return true;
}

static enum exchange_outcome outcome_of_pair(double weight, struct view levels)
{
	if (weight < ECHO_WEIGHT)
		return EXCHANGE_NO_ECHO;
	if (weight < CERTAIN_WEIGHT)
		return EXCHANGE_ONE_ECHO;
	return all_agree(levels) ? EXCHANGE_IDENTIFIED : EXCHANGE_RECTIFIED;
}

MUST_CHECK static int read_pair(struct reading *r, const size_t *at, struct str *key,
    struct err *err)
{
	struct exchange_links *l = r->links;
	struct exchange_identity found = {0};
	struct nir nir;
	double weight;
	size_t n;

	if (!view_to_double(csv_field(r->csv, at[WEIGHT]), &weight))
		return bad_row(r, "weight is no number", err);
	if (nir_parse(&nir, csv_field(r->csv, at[RIGHT])) != NIR_SOUND)
		return bad_row(
		    r, "id_r is no NIR: link with the register on the right, its id the NIR", err);
	key_of(VIEW_LIT(""), csv_field(r->csv, at[LEFT]), key);
	n = (size_t)map_intern(&l->by_subject, str_view(key));
	if (n < l->found.len) {
		struct exchange_identity *best = &l->found.ptr[n];

		if (weight > l->weights.ptr[n])
			return bad_row(r, "a better pair behind a worse one", err);
		if (best->outcome != EXCHANGE_NO_ECHO &&
		    strcmp(best->nir, nir.digits) != 0 && l->weights.ptr[n] - weight < APART_WEIGHT)
			best->outcome = EXCHANGE_SOME_ECHOES;
		return 0;
	}
	memcpy(found.nir, nir.digits, sizeof(nir.digits));
	found.outcome = outcome_of_pair(weight, csv_field(r->csv, at[LEVELS]));
	*vec_push(&l->found) = found;
	*vec_push(&l->weights) = weight;
	return 0;
}

MUST_CHECK static int read_pairs(struct reading *r, const size_t *at, struct err *err)
{
	AUTO_STR struct str key = {0};
	int rc;

	while ((rc = csv_next(r->csv, err)) > 0) {
		r->row++;
		if (read_pair(r, at, &key, err) < 0)
			return -1;
	}
	return rc;
}

int exchange_links_read(struct exchange_links **ret, const char *path, char separator,
    struct err *err)
{
	AUTO_EXCHANGE_LINKS struct exchange_links *l = mem_zalloc(1, sizeof(*l));
	AUTO_CSV struct csv_reader *csv = NULL;
	struct reading r = {.links = l, .path = path};
	size_t at[PAIR_COLUMNS];

	if (csv_open(&csv, path, separator, err) < 0 || csv_next(csv, err) < 0)
		return -1;
	r.csv = csv;
	if (find_pair_columns(csv, at) ? read_pairs(&r, at, err) < 0
				       : read_columns(&r, err) < 0 || read_rows(&r, err) < 0)
		return -1;
	*ret = TAKE(l);
	return 0;
}

void exchange_links_free(struct exchange_links **l)
{
	if (!*l)
		return;
	map_clear(&(*l)->by_subject);
	vec_clear(&(*l)->found);
	vec_clear(&(*l)->weights);
	free(TAKE(*l));
}

static int find_link(void *ctx, const struct exchange_traits *t, struct exchange_identity *ret,
    struct err *err)
{
	const struct exchange_links *l = ctx;
	AUTO_STR struct str key = {0};
	const int64_t *at;

	key_of(t->centre, t->idacc, &key);
	at = map_find(&l->by_subject, str_view(&key));
	if (!at) {
		key_of(VIEW_LIT(""), t->idacc, &key);
		at = map_find(&l->by_subject, str_view(&key));
	}
	if (!at && l->otherwise)
		return l->otherwise->find(l->otherwise->ctx, t, ret, err);
	if (at)
		*ret = l->found.ptr[*at];
	return 0;
}

void exchange_links_otherwise(struct exchange_links *l, const struct exchange_matcher *otherwise)
{
	l->otherwise = otherwise;
}

struct exchange_matcher exchange_links_matcher(struct exchange_links *l)
{
	return (struct exchange_matcher){l, find_link};
}
