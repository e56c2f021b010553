/* The form: what no scan can prove, told by the holder of the data. */
#include "guard/quantum.h"

#include <string.h>

static int check_keys(const char *name, const char *place, const json_t *object,
    const char *const *keys, struct err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(object))
		return err_set(err, ERR_FORMAT, "%s: %s is no object", name, place);
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		size_t i = 0;

		while (keys[i] && strcmp(keys[i], key) != 0)
			i++;
		if (!keys[i])
			return err_set(err, ERR_FORMAT, "%s: %s has a key that is not known", name,
			    place);
	}
	return 0;
}

/* A text, or "" where the key is missing or null. */
static int get_text(const char **ret, struct arena *arena, const char *name, const char *place,
    const json_t *object, const char *key, struct err *err)
{
	const json_t *value = json_object_get(object, key);

	*ret = "";
	if (!value || json_is_null(value))
		return 0;
	if (!json_is_string(value))
		return err_set(err, ERR_FORMAT, "%s: %s.%s is no text", name, place, key);
	*ret = arena_strdup(arena, VIEW(json_string_value(value)));
	return 0;
}

/* Absolute, and of what Turtle lets stand between < and >. */
static bool is_iri(const char *text)
{
	size_t len = strlen(text);
	const char *colon = strchr(text, ':');

	if (!colon || colon == text)
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] <= ' ' || strchr("<>\"{}|^`\\", text[i]))
			return false;
	return true;
}

static int read_dataset(struct quantum_label *q, const char *name, const json_t *form,
    struct err *err)
{
	static const char *const keys[] = {"iri", "title", NULL};
	const json_t *dataset = json_object_get(form, "dataset");

	if (!dataset)
		return 0;
	if (check_keys(name, "dataset", dataset, keys, err) < 0 ||
	    get_text(&q->dataset_iri, &q->arena, name, "dataset", dataset, "iri", err) < 0 ||
	    get_text(&q->dataset_title, &q->arena, name, "dataset", dataset, "title", err) < 0)
		return -1;
	if (*q->dataset_iri && !is_iri(q->dataset_iri))
		return err_set(err, ERR_FORMAT, "%s: dataset.iri is no IRI", name);
	return 0;
}

/* QUANTUM_NO_LEVEL when it is missing or null. */
static int get_level(int *ret, const char *name, const char *place, const json_t *object,
    int lowest, int highest, struct err *err)
{
	const json_t *value = json_object_get(object, "level");

	*ret = QUANTUM_NO_LEVEL;
	if (!value || json_is_null(value))
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < lowest ||
	    json_integer_value(value) > highest)
		return err_set(err, ERR_FORMAT, "%s: %s.level is none of %d to %d", name, place,
		    lowest, highest);
	*ret = (int)json_integer_value(value);
	return 0;
}

static struct quantum_metric *metric_of(struct quantum_label *q, const json_t *item)
{
	const char *id = json_string_value(json_object_get(item, "metric"));

	for (size_t i = 0; id && i < q->metrics.len; i++)
		if (strcmp(q->metrics.ptr[i].id, id) == 0)
			return &q->metrics.ptr[i];
	return NULL;
}

static void set_level(struct quantum_metric *m, int level, const char *evidence)
{
	if (level == QUANTUM_NO_LEVEL)
		return;
	if (m->by == QUANTUM_BY_SCAN && (level <= m->level || !*evidence))
		return;
	m->level = level;
	m->by = QUANTUM_BY_FORM;
	m->evidence = evidence;
}

static int read_metric(struct quantum_label *q, const char *name, const char *place,
    const json_t *item, bool *seen, struct err *err)
{
	static const char *const keys[] = {
	    "metric", "title", "levels", "level", "evidence", NULL};
	struct quantum_metric *m;
	const char *evidence;
	int level;

	if (check_keys(name, place, item, keys, err) < 0)
		return -1;
	m = metric_of(q, item);
	if (!m)
		return err_set(err, ERR_FORMAT, "%s: %s.metric is not known", name, place);
	if (seen[m - q->metrics.ptr])
		return err_set(err, ERR_FORMAT, "%s: %s.metric stands there twice", name, place);
	seen[m - q->metrics.ptr] = true;
	if (get_level(&level, name, place, item, 0, m->highest, err) < 0 ||
	    get_text(&evidence, &q->arena, name, place, item, "evidence", err) < 0)
		return -1;
	set_level(m, level, evidence);
	return 0;
}

static int read_metrics(struct quantum_label *q, const char *name, const json_t *form,
    struct err *err)
{
	const json_t *list = json_object_get(form, "metrics");
	bool *seen = arena_zalloc(&q->arena, q->metrics.len, sizeof(*seen));

	if (list && !json_is_array(list))
		return err_set(err, ERR_FORMAT, "%s: metrics is no list", name);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *place = arena_format(&q->arena, "metrics[%zu]", i);

		if (read_metric(q, name, place, json_array_get(list, i), seen, err) < 0)
			return -1;
	}
	return 0;
}

static int read_mature(struct quantum_label *q, const char *name, const char *place,
    const json_t *item, struct err *err)
{
	static const char *const keys[] = {"dimension", "title", "level", NULL};
	const char *id;

	if (check_keys(name, place, item, keys, err) < 0)
		return -1;
	id = json_string_value(json_object_get(item, "dimension"));
	for (size_t i = 0; id && i < q->maturity.len; i++)
		if (strcmp(q->maturity.ptr[i].id, id) == 0)
			return get_level(&q->maturity.ptr[i].level, name, place, item, 1,
			    QUANTUM_MATURITY_HIGHEST, err);
	return err_set(err, ERR_FORMAT, "%s: %s.dimension is not known", name, place);
}

static int read_maturity(struct quantum_label *q, const char *name, const json_t *form,
    struct err *err)
{
	const json_t *list = json_object_get(form, "maturity");

	if (list && !json_is_array(list))
		return err_set(err, ERR_FORMAT, "%s: maturity is no list", name);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *place = arena_format(&q->arena, "maturity[%zu]", i);

		if (read_mature(q, name, place, json_array_get(list, i), err) < 0)
			return -1;
	}
	return 0;
}

int quantum_form_read(struct quantum_label *q, const char *name, const json_t *form,
    struct err *err)
{
	static const char *const keys[] = {"dataset", "metrics", "maturity", NULL};

	if (check_keys(name, "the form", form, keys, err) < 0 ||
	    read_dataset(q, name, form, err) < 0 || read_metrics(q, name, form, err) < 0 ||
	    read_maturity(q, name, form, err) < 0)
		return -1;
	return 0;
}

static void write_level(struct json_writer *w, int level)
{
	json_key(w, "level");
	if (level == QUANTUM_NO_LEVEL)
		json_add_null(w);
	else
		json_add_int(w, level);
}

static void write_metric(struct json_writer *w, const struct quantum_metric *m)
{
	json_begin_object(w);
	json_set_text(w, "metric", m->id);
	json_set_text(w, "title", m->title);
	json_key(w, "levels");
	json_begin_array(w);
	for (int i = 0; i <= m->highest; i++) {
		AUTO_STR struct str text = {0};

		str_addf(&text, "%d: %s", i, m->levels[i]);
		json_add_text(w, str_view(&text));
	}
	json_end_array(w);
	write_level(w, m->level);
	json_set_text(w, "evidence", m->evidence);
	json_end_object(w);
}

void quantum_form_write(const struct quantum_label *q, struct str *out)
{
	struct json_writer w = {.out = out, .indent = 2};

	json_begin_object(&w);
	json_key(&w, "dataset");
	json_begin_object(&w);
	json_set_text(&w, "iri", q->dataset_iri);
	json_set_text(&w, "title", q->dataset_title);
	json_end_object(&w);
	json_key(&w, "metrics");
	json_begin_array(&w);
	for (size_t i = 0; i < q->metrics.len; i++)
		write_metric(&w, &q->metrics.ptr[i]);
	json_end_array(&w);
	json_key(&w, "maturity");
	json_begin_array(&w);
	for (size_t i = 0; i < q->maturity.len; i++) {
		json_begin_object(&w);
		json_set_text(&w, "dimension", q->maturity.ptr[i].id);
		json_set_text(&w, "title", q->maturity.ptr[i].title);
		write_level(&w, q->maturity.ptr[i].level);
		json_end_object(&w);
	}
	json_end_array(&w);
	json_end_object(&w);
	str_addc(out, '\n');
}
