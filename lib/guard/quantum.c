#include "guard/quantum.h"

#include "base/embed.h"
#include "io/csv.h"

static const char metrics_file[] = "guard/data/quantum_metrics.csv";
static const char levels_file[] = "guard/data/quantum_levels.csv";
static const char maturity_file[] = "guard/data/quantum_maturity.csv";

static const char *text_of(struct quantum_label *q, struct csv_reader *r, size_t field)
{
	return arena_strdup(&q->arena, csv_field(r, field));
}

static int bad_line(struct err *err, const char *file, const struct csv_reader *r)
{
	return err_set(err, ERR_INTERNAL, "%s:%zu: is not known", file, csv_line(r));
}

static int load_metrics(struct quantum_label *q, struct err *err)
{
	static const char *const names[] = {"metric", "category", "dimension", "title", "proof",
	    "dimension_weight", "metric_weight", "name"};
	AUTO_CSV struct csv_reader *r = csv_open_view(metrics_file, embed_find(metrics_file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct quantum_metric *m = vec_push(&q->metrics);

		m->id = text_of(q, r, at[0]);
		m->category = text_of(q, r, at[1]);
		m->dimension = text_of(q, r, at[2]);
		m->title = text_of(q, r, at[3]);
		m->proof = text_of(q, r, at[4]);
		m->name = text_of(q, r, at[7]);
		m->level = QUANTUM_NO_LEVEL;
		m->evidence = "";
		if (!view_to_double(csv_field(r, at[5]), &m->dimension_weight) ||
		    !view_to_double(csv_field(r, at[6]), &m->metric_weight))
			return bad_line(err, metrics_file, r);
	}
	return rc;
}

static struct quantum_metric *find_metric(struct quantum_label *q, struct view id)
{
	for (size_t i = 0; i < q->metrics.len; i++)
		if (view_eq(VIEW(q->metrics.ptr[i].id), id))
			return &q->metrics.ptr[i];
	return NULL;
}

static int load_levels(struct quantum_label *q, struct err *err)
{
	static const char *const names[] = {"metric", "level", "means"};
	AUTO_CSV struct csv_reader *r = csv_open_view(levels_file, embed_find(levels_file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct quantum_metric *m = find_metric(q, csv_field(r, at[0]));
		int64_t level;

		if (!m || !view_to_i64(csv_field(r, at[1]), &level) || level < 0 ||
		    level >= QUANTUM_LEVELS_MAX)
			return bad_line(err, levels_file, r);
		m->levels[level] = text_of(q, r, at[2]);
		m->highest = MAX(m->highest, (int)level);
	}
	return rc;
}

static int load_maturity(struct quantum_label *q, struct err *err)
{
	static const char *const names[] = {"dimension", "title"};
	AUTO_CSV struct csv_reader *r =
	    csv_open_view(maturity_file, embed_find(maturity_file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct quantum_maturity *m = vec_push(&q->maturity);

		m->id = text_of(q, r, at[0]);
		m->title = text_of(q, r, at[1]);
		m->level = QUANTUM_NO_LEVEL;
	}
	return rc;
}

int quantum_open(struct quantum_label *q, struct err *err)
{
	*q = (struct quantum_label){.dataset_iri = "", .dataset_title = ""};
	if (load_metrics(q, err) < 0 || load_levels(q, err) < 0 || load_maturity(q, err) < 0)
		return -1;
	return 0;
}

void quantum_clear(struct quantum_label *q)
{
	vec_clear(&q->metrics);
	vec_clear(&q->maturity);
	arena_clear(&q->arena);
}

static double weight_of_dimensions(const struct quantum_label *q)
{
	double sum = 0;

	/* the metrics of a dimension share its weight */
	for (size_t i = 0; i < q->metrics.len; i++)
		sum += q->metrics.ptr[i].dimension_weight * q->metrics.ptr[i].metric_weight / 100;
	return sum;
}

double quantum_points_max(const struct quantum_label *q, const struct quantum_metric *m)
{
	return m->metric_weight * m->dimension_weight / weight_of_dimensions(q);
}

double quantum_points(const struct quantum_label *q, const struct quantum_metric *m)
{
	return m->level <= 0 ? 0 : quantum_points_max(q, m) * m->level / m->highest;
}

double quantum_score(const struct quantum_label *q)
{
	double sum = 0;

	for (size_t i = 0; i < q->metrics.len; i++)
		sum += quantum_points(q, &q->metrics.ptr[i]);
	return sum;
}

int quantum_stars(double score)
{
	static const double from[] = {25, 45, 60, 80, 90};
	int stars = 0;

	for (size_t i = 0; i < ARRAY_LEN(from); i++)
		stars += score >= from[i];
	return stars;
}

int quantum_maturity_sum(const struct quantum_label *q)
{
	int sum = 0;

	for (size_t i = 0; i < q->maturity.len; i++)
		sum += MAX(q->maturity.ptr[i].level, 0);
	return sum;
}
