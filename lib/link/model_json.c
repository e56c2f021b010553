#include "link/model_json.h"

#include "io/json.h"
#include "link/conditions.h"
#include "link/rule_sql.h"

static const char *column_of(const struct link_records *r, int field)
{
	return field < 0 ? NULL : r->field[field].column;
}

static const char *other_of(
    const struct link_records *r, const struct link_comparison *c, enum link_test test)
{
	const char *other = column_of(r, test == LINK_TEST_ALTERNATE ? c->alternate : c->cross);

	return other ? other : "";
}

static void set_double(struct json_writer *w, const char *key, double d)
{
	json_key(w, key);
	json_add_double(w, d);
}

/* Missing, or told by another field: what Splink takes as null, too. */
static char *missing_condition(const char *column, const char *told_by)
{
	AUTO_FREE char *told =
	    told_by ? str_format(" OR \"%s_l\" = \"%s_r\"", told_by, told_by) : NULL;

	return str_format("\"%s_l\" IS NULL OR \"%s_r\" IS NULL%s", column, column,
	    told ? told : "");
}

static void write_missing(struct json_writer *w, const char *column, const char *told_by)
{
	AUTO_FREE char *sql = missing_condition(column, told_by);

	json_begin_object(w);
	json_set_text(w, "sql_condition", sql);
	json_set_text(w, "label_for_charts", "missing");
	json_key(w, "is_null_level");
	json_add_bool(w, true);
	json_end_object(w);
}

static void write_level(struct json_writer *w, const struct link_model *m,
    const struct link_records *r, size_t c, size_t l)
{
	const struct link_comparison *cmp = &m->comparison[c];
	const char *column = r->field[cmp->field].column;
	AUTO_STR struct str sql = {0};

	link_condition_write(
	    &cmp->level[l], column, other_of(r, cmp, cmp->level[l].test), &sql);
	json_begin_object(w);
	json_set_text(w, "sql_condition", str_get(&sql));
	json_set_text(w, "label_for_charts", cmp->level[l].label);
	set_double(w, "m_probability", m->m[c][l]);
	set_double(w, "u_probability", m->u[c][l]);
	if (l == 1) {
		json_set_text(w, "tf_adjustment_column", column);
		set_double(w, "tf_adjustment_weight", 1);
	}
	json_end_object(w);
}

static void write_comparisons(
    struct json_writer *w, const struct link_model *m, const struct link_records *r)
{
	json_key(w, "comparisons");
	json_begin_array(w);
	for (size_t c = 0; c < m->comparisons; c++) {
		const struct link_field *f = &r->field[m->comparison[c].field];

		json_begin_object(w);
		json_set_text(w, "output_column_name", f->column);
		json_set_text(w, "comparison_description", link_kind_name(f->kind));
		json_key(w, "comparison_levels");
		json_begin_array(w);
		write_missing(w, f->column, column_of(r, m->comparison[c].told_by));
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			write_level(w, m, r, c, l);
		json_end_array(w);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_passes(
    struct json_writer *w, const struct link_blocking *b, const struct link_records *r)
{
	json_key(w, "blocking_rules_to_generate_predictions");
	json_begin_array(w);
	for (size_t p = 0; p < b->passes; p++) {
		struct link_given_pass given = link_pass_given(b, &b->pass[p]);
		AUTO_STR struct str sql = {0};

		link_rule_write(&given, r, &sql);
		json_begin_object(w);
		json_set_text(w, "blocking_rule", str_get(&sql));
		json_set_text(w, "sql_dialect", "duckdb");
		json_end_object(w);
	}
	json_end_array(w);
}

void link_model_write(const struct link_model *m, const struct link_blocking *b,
    const struct link_spec *spec, struct str *out)
{
	struct json_writer w = {.out = out, .indent = 2};

	json_begin_object(&w);
	json_set_text(&w, "link_type", link_type_name(spec->type));
	set_double(&w, "probability_two_random_records_match", m->lambda);
	json_set_text(&w, "unique_id_column_name", spec->id ? spec->id : "unique_id");
	write_comparisons(&w, m, b->records);
	write_passes(&w, b, b->records);
	json_end_object(&w);
	str_addc(out, '\n');
}

static int read_share(
    const char *name, const json_t *level, const char *key, double *ret, struct err *err)
{
	const json_t *value = json_object_get(level, key);
	double d = json_number_value(value);

	if (!json_is_number(value) || !(d > 0 && d <= 1))
		return err_set(err, ERR_FORMAT, "%s: \"%s\" must be above 0, at most 1", name, key);
	*ret = d;
	return 0;
}

struct reading {
	struct link_model *m;
	const struct link_records *r;
	const char *name;
};

/* Any condition is missing; ours may name the field that tells the same. */
static void read_missing(
    const struct link_records *r, struct link_comparison *cmp, const char *sql)
{
	cmp->told_by = -1;
	for (size_t f = 0; f < r->fields; f++) {
		AUTO_FREE char *told =
		    missing_condition(r->field[cmp->field].column, r->field[f].column);

		if (f != cmp->field && strcmp(sql, told) == 0)
			cmp->told_by = (int)f;
	}
}

static int read_level(const struct reading *rd, size_t c, const json_t *item, struct err *err)
{
	struct link_comparison *cmp = &rd->m->comparison[c];
	const char *column = rd->r->field[cmp->field].column;
	const char *sql = json_string_value(json_object_get(item, "sql_condition"));
	const char *label = json_string_value(json_object_get(item, "label_for_charts"));
	struct link_level level = {0};

	if (json_is_true(json_object_get(item, "is_null_level"))) {
		read_missing(rd->r, cmp, sql ? sql : "");
		return 0;
	}
	if (!sql || !link_condition_read(VIEW(sql), column, column_of(rd->r, cmp->alternate),
			column_of(rd->r, cmp->cross), &level))
		return err_set(err, ERR_FORMAT,
		    "%s: comparison \"%s\": a level has a condition that is not known here",
		    rd->name, column);
	if ((cmp->levels == 0) != (level.test == LINK_TEST_EXACT))
		return err_set(err, ERR_FORMAT,
		    "%s: comparison \"%s\": the first level, and no other, must be the same value",
		    rd->name, column);
	if (cmp->levels + 1 == LINK_LEVELS_MAX)
		return err_set(err, ERR_LIMIT, "%s: comparison \"%s\": more than %d levels",
		    rd->name, column, LINK_LEVELS_MAX - 1);
	cmp->levels++;
	label = label ? label : link_test_name(level.test);
	memcpy(level.label, label, MIN(strlen(label), sizeof(level.label) - 1));
	cmp->level[cmp->levels] = level;
	rd->m->trained[c] = true;
	return read_share(rd->name, item, "m_probability", &rd->m->m[c][cmp->levels], err) < 0 ||
	               read_share(rd->name, item, "u_probability", &rd->m->u[c][cmp->levels],
			   err) < 0
	           ? -1
	           : 0;
}

static int find_comparison(const struct reading *rd, const json_t *item, size_t *ret,
    struct err *err)
{
	const char *column = json_string_value(json_object_get(item, "output_column_name"));

	for (size_t c = 0; column && c < rd->m->comparisons; c++)
		if (strcmp(rd->r->field[rd->m->comparison[c].field].column, column) == 0) {
			*ret = c;
			return 0;
		}
	if (!column)
		return err_set(
		    err, ERR_FORMAT, "%s: a comparison has no \"output_column_name\"", rd->name);
	return err_set(err, ERR_FORMAT, "%s: the records have no field \"%s\" to compare", rd->name,
	    column);
}

static int read_comparison(const struct reading *rd, const json_t *item, bool *given,
    struct err *err)
{
	const json_t *levels = json_object_get(item, "comparison_levels");
	struct link_comparison *cmp;
	size_t c, i;
	json_t *level;

	if (find_comparison(rd, item, &c, err) < 0)
		return -1;
	cmp = &rd->m->comparison[c];
	if (given[c] || !json_is_array(levels))
		return err_set(err, ERR_FORMAT, "%s: comparison %zu stands twice, or has no levels",
		    rd->name, c + 1);
	given[c] = true;
	cmp->levels = 0;
	json_array_foreach(levels, i, level) if (read_level(rd, c, level, err) < 0) return -1;
	if (cmp->levels < 2 || cmp->level[cmp->levels].test != LINK_TEST_ELSE)
		return err_set(
		    err, ERR_FORMAT, "%s: comparison %zu must end with ELSE", rd->name, c + 1);
	return 0;
}

/* Leave out the comparisons that the file lacks. */
static void keep_given(struct link_model *m, const bool *given)
{
	size_t n = 0;

	for (size_t c = 0; c < m->comparisons; c++) {
		if (!given[c])
			continue;
		m->comparison[n] = m->comparison[c];
		memcpy(m->m[n], m->m[c], sizeof(m->m[n]));
		memcpy(m->u[n], m->u[c], sizeof(m->u[n]));
		m->trained[n] = m->trained[c];
		n++;
	}
	m->comparisons = n;
}

/* A text, or an object with it; a list that is exploded has no key here. */
static int read_rule(const struct reading *rd, const json_t *item, struct err *err)
{
	const json_t *rule = json_is_object(item) ? json_object_get(item, "blocking_rule") : item;
	const json_t *explode = json_object_get(item, "arrays_to_explode");
	struct link_given_pass *to = &rd->m->pass[rd->m->passes];

	if (json_array_size(explode))
		return err_set(err, ERR_FORMAT, "%s: blocking rule %zu explodes arrays", rd->name,
		    rd->m->passes + 1);
	if (!json_is_string(rule))
		return err_set(err, ERR_FORMAT, "%s: blocking rule %zu must be a text", rd->name,
		    rd->m->passes + 1);
	if (link_rule_read(to, rd->r, VIEW(json_string_value(rule)), rd->name, rd->m->passes + 1,
		err) < 0)
		return -1;
	rd->m->passes++;
	return 0;
}

static int read_rules(const struct reading *rd, const json_t *list, struct err *err)
{
	size_t i;
	json_t *item;

	rd->m->passes = 0;
	if (list && (!json_is_array(list) || json_array_size(list) > LINK_PASSES_MAX))
		return err_set(err, ERR_FORMAT,
		    "%s: \"blocking_rules_to_generate_predictions\" must be a list of at most %d",
		    rd->name, LINK_PASSES_MAX);
	json_array_foreach(list, i, item) if (read_rule(rd, item, err) < 0) return -1;
	return 0;
}

int link_model_read(struct link_model *m, const struct link_records *r, const char *name,
    const json_t *root, struct err *err)
{
	const json_t *list = json_object_get(root, "comparisons");
	const json_t *lambda = json_object_get(root, "probability_two_random_records_match");
	struct reading rd = {m, r, name};
	bool given[LINK_COMPARISONS_MAX] = {false};
	size_t i;
	json_t *item;

	m->lambda = json_number_value(lambda);
	if (!json_is_number(lambda) || !(m->lambda > 0 && m->lambda < 1))
		return err_set(err, ERR_FORMAT,
		    "%s: \"probability_two_random_records_match\" must be between 0 and 1", name);
	if (!json_is_array(list) || json_array_size(list) == 0)
		return err_set(err, ERR_FORMAT, "%s: \"comparisons\" must be a list", name);
	json_array_foreach(list, i, item) if (read_comparison(&rd, item, given, err) < 0) return -1;
	keep_given(m, given);
	return read_rules(
	    &rd, json_object_get(root, "blocking_rules_to_generate_predictions"), err);
}
