#include "link/synth_model.h"

#include "base/embed.h"
#include "io/csv.h"
#include "link/standard.h"

static bool is_separator(char c)
{
	return c == ' ' || c == '-' || c == '\'';
}

/* link_standard of what stands between separators, which stay. */
static struct view plain_of(struct synth_model *m, struct view text)
{
	AUTO_STR struct str plain = {0};
	AUTO_STR struct str piece = {0};
	size_t from = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && !is_separator(text.ptr[i]))
			continue;
		link_standard(LINK_IDENTIFIER, (struct view){text.ptr + from, i - from}, &piece);
		str_add(&plain, str_view(&piece));
		if (i < text.len)
			str_addc(&plain, text.ptr[i]);
		from = i + 1;
	}
	return arena_view(&m->arena, str_view(&plain));
}

void synth_word_of(struct synth_model *m, struct view text, struct synth_word *ret)
{
	ret->display = text.len ? arena_view(&m->arena, text) : VIEW_LIT("");
	ret->plain = text.len ? plain_of(m, text) : VIEW_LIT("");
}

uint32_t synth_group_of(struct synth_model *m, struct view name)
{
	struct synth_group *g;

	for (size_t i = 0; i < m->groups.len; i++)
		if (view_eq(m->groups.ptr[i].name, name))
			return (uint32_t)i;
	g = vec_push(&m->groups);
	g->name = arena_view(&m->arena, name);
	return (uint32_t)m->groups.len - 1;
}

static int load_years(struct synth_model *m, struct err *err)
{
	static const char *const columns[] = {"year", "men", "women"};
	AUTO_CSV struct csv_reader *csv = csv_open_view("synth_years.csv",
	    embed_find("link/data/synth_years.csv"), ',');
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct synth_year *y = vec_push(&m->years);
		int64_t year, men, women;

		if (!view_to_i64(csv_field(csv, at[0]), &year) ||
		    !view_to_i64(csv_field(csv, at[1]), &men) ||
		    !view_to_i64(csv_field(csv, at[2]), &women) || men + women < 1)
			return err_set(err, ERR_INTERNAL, "synth_years.csv: line %zu",
			    csv_line(csv));
		*y = (struct synth_year){
		    .year = (int)year,
		    .people = (uint32_t)(men + women),
		    .first = m->year_weight,
		    .women = (double)women / (double)(men + women),
		};
		m->year_weight += y->people;
	}
	return rc;
}

static int load_errors(struct synth_model *m, struct err *err)
{
	static const char *const columns[] = {"error", "rate"};
	AUTO_CSV struct csv_reader *csv = csv_open_view("synth_errors.csv",
	    embed_find("link/data/synth_errors.csv"), ',');
	size_t at[ARRAY_LEN(columns)], count = 0;
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		if (count == SYNTH_ERRORS ||
		    !view_to_double(csv_field(csv, at[1]), &m->rates[count]))
			return err_set(err, ERR_INTERNAL, "synth_errors.csv: line %zu",
			    csv_line(csv));
		m->error_names[count++] = arena_strdup(&m->arena, csv_field(csv, at[0]));
	}
	if (rc == 0 && count != SYNTH_ERRORS)
		return err_set(err, ERR_INTERNAL, "synth_errors.csv: %zu errors", count);
	return rc;
}

int synth_model_load(struct synth_model **ret, struct err *err)
{
	AUTO_SYNTH_MODEL struct synth_model *m = mem_zalloc(1, sizeof(*m));

	(void)synth_group_of(m, VIEW_LIT("french")); /* the first is 0 */
	if (synth_load_names(m, err) < 0 ||
	    synth_load_places(m, err) < 0 ||
	    load_years(m, err) < 0 ||
	    load_errors(m, err) < 0) {
		err->code = ERR_INTERNAL;
		return -1;
	}
	*ret = TAKE(m);
	return 0;
}

static void clear_group(struct synth_group *g)
{
	vec_clear(&g->surnames);
	vec_clear(&g->start);
	vec_clear(&g->middle);
	vec_clear(&g->end);
	for (int sex = 0; sex < SYNTH_SEXES; sex++)
		vec_clear(&g->given[sex]);
}

void synth_model_free(struct synth_model **model)
{
	struct synth_model *m = *model;

	if (!m)
		return;
	for (size_t i = 0; i < m->groups.len; i++)
		clear_group(&m->groups.ptr[i]);
	for (int sex = 0; sex < SYNTH_SEXES; sex++) {
		vec_clear(&m->given[sex].names);
		for (int d = 0; d < SYNTH_DECADES; d++)
			vec_clear(&m->given[sex].cumulative[d]);
	}
	vec_clear(&m->groups);
	vec_clear(&m->names);
	vec_clear(&m->variants);
	vec_clear(&m->places);
	vec_clear(&m->years);
	map_clear(&m->name_ids);
	arena_clear(&m->arena);
	free(m);
	*model = NULL;
}
