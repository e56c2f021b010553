#include "link/review_labels.h"

#include "io/csv.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/file.h>
#include <unistd.h>

enum { SOURCE_L,
	ID_L,
	SOURCE_R,
	ID_R,
	SCORE,
	STANDS_FOR,
	DRAW,
	COLUMNS };

enum { LABELS_BYTES_MAX = 64 << 20 };

static const char *const columns[COLUMNS] = {
    "source_l", "id_l", "source_r", "id_r", "clerical_match_score", "stands_for", "draw"};

void link_label_file_clear(struct link_label_file *f)
{
	free(f->path);
	map_clear(&f->names);
	vec_clear(&f->rows);
	*f = (struct link_label_file){0};
}

static const char *score_text(enum link_answer a)
{
	return a == LINK_ONE_PERSON ? "1" : a == LINK_TWO_PERSONS ? "0"
	                                                          : "";
}

static bool parse_score(struct view v, enum link_answer *ret)
{
	for (int a = LINK_ONE_PERSON; a < LINK_ANSWERS; a++)
		if (view_eq(v, VIEW(score_text((enum link_answer)a)))) {
			*ret = (enum link_answer)a;
			return true;
		}
	return false;
}

/* "0123456789abcdef-1-200" */
static bool parse_draw(struct view v, struct link_label_file *f)
{
	struct view population, seed, wanted;
	int64_t s, w;

	if (!view_next(&v, '-', &population) || population.len != LINK_POPULATION - 1 ||
	    !view_next(&v, '-', &seed) || !view_to_i64(seed, &s) || s < 1 ||
	    !view_next(&v, '-', &wanted) || !view_to_i64(wanted, &w) || w < 1 ||
	    w > LINK_REVIEW_PAIRS_MAX || v.len)
		return false;
	for (size_t i = 0; i < population.len; i++)
		if (!strchr("0123456789abcdef", population.ptr[i]) || !population.ptr[i])
			return false;
	memcpy(f->population, population.ptr, LINK_POPULATION - 1);
	f->seed = (uint64_t)s;
	f->wanted = (uint64_t)w;
	return true;
}

/* Empty: of a page, which does not know it. */
static bool is_stands_for(struct view v)
{
	double n;

	return v.len == 0 || (view_to_double(v, &n) && n > 0);
}

static void add_name(struct str *out, struct view source, struct view id)
{
	if (out->len)
		str_addc(out, '\t');
	str_add(out, source);
	str_addc(out, '\t');
	str_add(out, id);
}

static int damaged(const struct link_label_file *f, size_t line, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: line %zu: %s", f->path, line, what);
}

static int read_row(struct link_label_file *f, struct csv_reader *csv, const size_t at[COLUMNS],
    struct str *draw, struct err *err)
{
	AUTO_STR struct str name = {0};
	struct link_label_row row = {.line = csv_line(csv)};
	struct view said = csv_field(csv, at[DRAW]);

	if (csv_count(csv) != COLUMNS)
		return damaged(f, row.line, "not as many fields as the header has", err);
	if (!parse_score(csv_field(csv, at[SCORE]), &row.answer))
		return damaged(f, row.line, "\"clerical_match_score\" must be 1, 0 or empty", err);
	if (!is_stands_for(csv_field(csv, at[STANDS_FOR])))
		return damaged(f, row.line, "\"stands_for\" must be above 0, or empty", err);
	if (draw->len == 0 && !parse_draw(said, f))
		return damaged(f, row.line, "\"draw\" is none that hygie wrote", err);
	if (draw->len == 0)
		str_add(draw, said);
	if (!view_eq(str_view(draw), said))
		return damaged(f, row.line, "\"draw\" is another one than above", err);
	add_name(&name, csv_field(csv, at[SOURCE_L]), csv_field(csv, at[ID_L]));
	add_name(&name, csv_field(csv, at[SOURCE_R]), csv_field(csv, at[ID_R]));
	row.pair = map_intern(&f->names, str_view(&name));
	if (row.pair != (int64_t)f->rows.len)
		return damaged(f, row.line, "the pair stands there twice", err);
	*vec_push(&f->rows) = row;
	return 0;
}

int link_label_file_parse(
    struct link_label_file *f, const char *name, struct view bytes, struct err *err)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view(name, bytes, ',');
	AUTO_STR struct str draw = {0};
	size_t at[COLUMNS];
	int rc;

	f->path = mem_strdup(name);
	if (csv_header(csv, columns, COLUMNS, at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		if (f->rows.len == LINK_REVIEW_PAIRS_MAX)
			return err_set(err, ERR_LIMIT, "%s: more than %d labels", name,
			    LINK_REVIEW_PAIRS_MAX);
		if (read_row(f, csv, at, &draw, err) < 0)
			return -1;
	}
	return rc;
}

int link_label_file_read(
    struct link_label_file *f, const char *path, bool may_miss, struct err *err)
{
	AUTO_STR struct str bytes = {0};

	if (may_miss && !path_exists(path))
		return 0;
	if (file_read(path, LABELS_BYTES_MAX, &bytes, err) < 0)
		return -1;
	return link_label_file_parse(f, path, str_view(&bytes), err);
}

static struct view source_name(const struct link_records *d, uint32_t record)
{
	return link_record_source(d, record) ? VIEW_LIT("right") : VIEW_LIT("left");
}

static void name_pair(const struct link_review *r, size_t i, struct str *out)
{
	const struct link_records *d = r->job->records;
	uint32_t side[2] = {r->pairs.ptr[i].a, r->pairs.ptr[i].b};

	str_reset(out);
	for (size_t k = 0; k < 2; k++) {
		AUTO_STR struct str id = {0};

		link_record_name(d, side[k], &id);
		add_name(out, source_name(d, side[k]), str_view(&id));
	}
}

static int check_draw(
    const struct link_label_file *f, const struct link_review *r, struct err *err)
{
	if (strcmp(f->population, r->population) != 0) {
		(void)err_set(err, ERR_USAGE, "%s: labels of another run than %s", f->path,
		    r->job->folder);
		return err_hint(err, "hygie link train takes labels of any run of these records");
	}
	if (f->seed != r->seed)
		return err_set(err, ERR_USAGE, "%s: labels of seed %" PRIu64 ", not %" PRIu64,
		    f->path, f->seed, r->seed);
	return 0;
}

int link_label_file_match(const struct link_label_file *f, const struct link_review *r,
    enum link_answer *answer, struct err *err)
{
	AUTO_STR struct str name = {0};
	size_t found = 0;

	memset(answer, 0, r->pairs.len * sizeof(*answer));
	if (f->rows.len == 0)
		return 0;
	if (check_draw(f, r, err) < 0)
		return -1;
	for (size_t i = 0; i < r->pairs.len; i++) {
		const int64_t *row;

		name_pair(r, i, &name);
		row = map_find(&f->names, str_view(&name));
		if (!row)
			continue;
		answer[i] = f->rows.ptr[*row].answer;
		found++;
	}
	if (found == f->rows.len)
		return 0;
	(void)err_set(err, ERR_USAGE, "%s: %zu of its %zu pairs are none of the %zu drawn",
	    f->path, f->rows.len - found, f->rows.len, r->pairs.len);
	return err_hint(err, "as many --pairs as the labels were begun with, or more");
}

static void add_field(struct str *out, size_t column, struct view text)
{
	csv_add_field(out, text, column == 0);
}

static bool decides(enum link_answer a)
{
	return a == LINK_ONE_PERSON || a == LINK_TWO_PERSONS;
}

/* Pairs of the stratum for each that was decided there. */
static void add_stands_for(struct str *out, const struct link_review *r, size_t pair,
    const size_t *decided)
{
	const struct link_review_pair *p = &r->pairs.ptr[pair];
	AUTO_STR struct str text = {0};

	if (decides(p->answer))
		str_addf(&text, "%.6f",
		    (double)r->strata.ptr[p->stratum].pairs / (double)decided[p->stratum]);
	add_field(out, STANDS_FOR, str_view(&text));
}

static size_t *count_decided(const struct link_review *r)
{
	size_t *decided = mem_zalloc(r->strata.len, sizeof(*decided));

	for (size_t i = 0; i < r->pairs.len; i++)
		decided[r->pairs.ptr[i].stratum] += decides(r->pairs.ptr[i].answer);
	return decided;
}

int link_review_save(const struct link_review *r, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *draw =
	    str_format("%s-%" PRIu64 "-%" PRIu64, r->population, r->seed, r->wanted);
	const struct link_records *d = r->job->records;
	size_t *decided = count_decided(r);

	for (size_t c = 0; c < COLUMNS; c++)
		add_field(&text, c, VIEW(columns[c]));
	csv_add_end(&text);
	for (size_t i = 0; i < r->pairs.len; i++) {
		uint32_t side[2] = {r->pairs.ptr[i].a, r->pairs.ptr[i].b};

		if (r->pairs.ptr[i].answer == LINK_OPEN)
			continue;
		for (size_t k = 0; k < 2; k++) {
			AUTO_STR struct str id = {0};

			link_record_name(d, side[k], &id);
			add_field(&text, 2 * k, source_name(d, side[k]));
			add_field(&text, 2 * k + 1, str_view(&id));
		}
		add_field(&text, SCORE, VIEW(score_text(r->pairs.ptr[i].answer)));
		add_stands_for(&text, r, i, decided);
		add_field(&text, DRAW, VIEW(draw));
		csv_add_end(&text);
	}
	free(decided);
	return file_write_private(path, str_view(&text), err);
}

int link_label_lock(struct link_label_lock *l, const char *path, struct err *err)
{
	const char *base = path_base(path);

	l->path = str_format("%.*s.%s.lock", (int)(base - path), path, base);
	l->fd = open(l->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (l->fd < 0)
		return file_write_error(path, errno, err);
	if (flock(l->fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	close(l->fd);
	l->fd = -1;
	(void)err_set(err, ERR_USAGE, "%s: another review writes to it", path);
	return err_hint(err, "each reader has a file of their own");
}

void link_label_unlock(struct link_label_lock *l)
{
	if (l->path && l->fd >= 0) {
		unlink(l->path);
		close(l->fd);
	}
	free(l->path);
	*l = (struct link_label_lock){.fd = -1};
}
