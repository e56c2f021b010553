#include "link/label.h"

#include "link/report_parts.h"

struct label {
	uint32_t a, b;
	bool same;
	double stands_for; /* pairs of a population */
};

struct labels {
	VEC(struct label) list;
	size_t unsure;
};

struct columns {
	int left, right, score, stands_for;
	int source[2]; /* of hygie link review; else -1 */
};

static int find_columns(
    const struct link_source *s, const char *path, struct columns *ret, struct err *err)
{
	*ret = (struct columns){-1, -1, link_source_find(s, VIEW_LIT("clerical_match_score")),
	    link_source_find(s, VIEW_LIT("stands_for")),
	    {link_source_find(s, VIEW_LIT("source_l")), link_source_find(s, VIEW_LIT("source_r"))}};
	for (size_t i = 0; i < link_source_columns(s); i++) {
		struct view name = link_source_column(s, i);

		if (view_starts(name, VIEW_LIT("source")))
			continue;
		if (ret->left < 0 && view_ends(name, VIEW_LIT("_l")))
			ret->left = (int)i;
		if (ret->right < 0 && view_ends(name, VIEW_LIT("_r")))
			ret->right = (int)i;
	}
	if (ret->left >= 0 && ret->right >= 0)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: no labels", path);
	return err_hint(err, "two ids in columns that end in _l and _r, and clerical_match_score");
}

/* Names to records of both sources. */
struct lookup {
	struct map of_source[2];
};

static void lookup_make(struct lookup *l, const struct link_records *r)
{
	AUTO_STR struct str name = {0};

	for (size_t i = 0; i < r->count; i++) {
		str_reset(&name);
		link_record_name(r, i, &name);
		(void)map_add(&l->of_source[link_record_source(r, i)], str_view(&name), (int64_t)i);
	}
}

static void lookup_clear(struct lookup *l)
{
	map_clear(&l->of_source[0]);
	map_clear(&l->of_source[1]);
}

/* Which file a record is of: said, or the left one for the first and the right one, if any. */
static const struct map *source_of(const struct link_job *job, const struct lookup *l,
    const struct link_source *s, const struct columns *c, int side)
{
	bool right = side && job->records->left < job->records->count;

	if (c->source[side] >= 0) {
		struct view said = link_source_field(s, (size_t)c->source[side]);

		right = view_eq(said, VIEW_LIT("right")) ||
		        (right && !view_eq(said, VIEW_LIT("left")));
	}
	return &l->of_source[right];
}

/* 1: an answer, 0: the reader could not say. */
static int read_score(const struct link_source *s, const struct columns *c, const char *path,
    size_t row, double *ret, struct err *err)
{
	struct view text;

	*ret = 1;
	if (c->score < 0)
		return 1;
	text = link_source_field(s, (size_t)c->score);
	if (text.len == 0)
		return 0;
	if (view_to_double(text, ret) && *ret >= 0 && *ret <= 1)
		return 1;
	return err_set(err, ERR_FORMAT, "%s: row %zu: \"clerical_match_score\" must be 0 to 1",
	    path, row);
}

static int read_stands_for(const struct link_source *s, const struct columns *c, const char *path,
    size_t row, double *ret, struct err *err)
{
	struct view text =
	    c->stands_for < 0 ? VIEW_NONE : link_source_field(s, (size_t)c->stands_for);

	*ret = 1;
	if (text.len == 0 || (view_to_double(text, ret) && *ret > 0 && *ret < 1e15))
		return 0;
	return err_set(err, ERR_FORMAT, "%s: row %zu: \"stands_for\" must be above 0", path, row);
}

static int read_row(struct labels *ret, const struct link_job *job, const struct lookup *l,
    const struct link_source *s, const struct columns *c, const char *path, size_t row,
    struct err *err)
{
	const int64_t *a = map_find(
	    source_of(job, l, s, c, 0), link_source_field(s, (size_t)c->left));
	const int64_t *b = map_find(
	    source_of(job, l, s, c, 1), link_source_field(s, (size_t)c->right));
	double score, stands_for;
	int rc;

	if (!a || !b || *a == *b)
		return err_set(
		    err, ERR_FORMAT, "%s: row %zu names no two of the records", path, row);
	if (read_stands_for(s, c, path, row, &stands_for, err) < 0)
		return -1;
	rc = read_score(s, c, path, row, &score, err);
	if (rc > 0)
		*vec_push(&ret->list) =
		    (struct label){
			(uint32_t)*a, (uint32_t)*b, score >= 0.5, stands_for};
	ret->unsure += rc == 0;
	return rc < 0 ? -1 : 0;
}

static int read_labels(
    struct labels *ret, const struct link_job *job, const char *path, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	struct lookup l = {0};
	struct columns c;
	size_t row = 0;
	int rc;

	if (link_source_open(&s, path, err) < 0 || find_columns(s, path, &c, err) < 0)
		return -1;
	lookup_make(&l, job->records);
	while ((rc = link_source_next(s, err)) > 0 &&
	       (rc = read_row(ret, job, &l, s, &c, path, ++row, err)) == 0)
		;
	lookup_clear(&l);
	return rc;
}

static void judge(const struct labels *labels, const struct link_job *job,
    struct link_comparer *c, size_t *ret_missed, size_t *ret_false)
{
	for (size_t i = 0; i < labels->list.len; i++) {
		const struct label *l = &labels->list.ptr[i];
		bool said = link_model_pair(&job->model, c, link_row(job->records, l->a),
				link_row(job->records, l->b)) >= 0;

		*ret_missed += l->same && !said;
		*ret_false += !l->same && said;
	}
}

/*
 * What one pair of a population counts: all that are labelled as one person
 * together as much as equally weighted ones that would tell as much (L. Kish,
 * Survey Sampling, 1965, 8.2: the square of the sum by the sum of squares).
 */
static double unit_of(const struct labels *labels)
{
	double sum = 0;
	double squares = 0;

	for (size_t i = 0; i < labels->list.len; i++) {
		double n = labels->list.ptr[i].same ? labels->list.ptr[i].stands_for : 0;

		sum += n;
		squares += n * n;
	}
	return sum / squares;
}

static void count_levels(const struct labels *labels, const struct link_job *job,
    struct link_comparer *c, double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	double unit = unit_of(labels);

	for (size_t i = 0; i < labels->list.len; i++) {
		const struct label *l = &labels->list.ptr[i];
		double count_of_pair = l->stands_for * unit;
		uint64_t pattern;

		if (!l->same)
			continue;
		pattern = link_pattern(c, job->model.comparison, job->model.comparisons,
		    link_row(job->records, l->a), link_row(job->records, l->b));
		for (size_t k = 0; k < job->model.comparisons; k++)
			count[k][link_pattern_level(pattern, k)] += count_of_pair;
	}
}

static void set_m(
    struct link_model *m, double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	for (size_t c = 0; c < m->comparisons; c++) {
		double sum = 0;

		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			sum += count[c][l];
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			m->m[c][l] =
			    (count[c][l] + LINK_BELIEF * m->m[c][l]) / (sum + LINK_BELIEF);
		m->trained[c] = m->trained[c] || sum > 0;
	}
}

int link_label_model(
    struct link_labels *ret, struct link_job *job, const char *path, struct err *err)
{
	double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX] = {{0}};
	struct labels labels = {0};
	struct link_labels counts = {0};
	struct link_comparer c;
	int rc = read_labels(&labels, job, path, err);

	for (size_t i = 0; i < labels.list.len; i++)
		counts.same += labels.list.ptr[i].same;
	counts.different = labels.list.len - counts.same;
	counts.unsure = labels.unsure;
	if (rc == 0 && counts.same == 0)
		rc = err_set(err, ERR_FORMAT, "%s: no pair is labelled as one person", path);
	if (rc == 0) {
		link_comparer_init(&c, job->records, job->model.comparison, job->model.comparisons);
		judge(&labels, job, &c, &counts.missed_before, &counts.false_before);
		count_levels(&labels, job, &c, count);
		set_m(&job->model, count);
		link_model_weigh(&job->model, job->records);
		judge(&labels, job, &c, &counts.missed_after, &counts.false_after);
		link_comparer_clear(&c);
		*ret = counts;
	}
	vec_clear(&labels.list);
	return rc;
}

static const struct report_column columns[] = {
    {"model", "Model", REPORT_TEXT},
    {"missed", "One person, below 0 bits", REPORT_COUNT},
    {"false", "Two persons, 0 bits and more", REPORT_COUNT},
};

struct report *link_label_report(
    const struct link_labels *l, const struct link_job *job, const char *labels)
{
	struct report *r = report_new("A model from labels",
	    "How often people agree on each level, counted on pairs that were judged.");
	struct report_table *t = report_add_table(r, "labels", "The labelled pairs",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	report_add_fact(r, "labels", "Labels", "%s", labels);
	report_add_fact(r, "same", "One person", "%zu pairs", l->same);
	report_add_fact(r, "different", "Two persons", "%zu pairs", l->different);
	if (l->unsure)
		report_add_fact(r, "unsure", "Could not say", "%zu pairs, left out", l->unsure);
	report_add_cell(r, t, "%s", "without labels");
	report_add_cell(r, t, "%zu", l->missed_before);
	report_add_cell(r, t, "%zu", l->false_before);
	report_add_cell(r, t, "%s", "with labels");
	report_add_cell(r, t, "%zu", l->missed_after);
	report_add_cell(r, t, "%zu", l->false_after);
	link_report_weights(r, &job->model, job->records);
	return r;
}
