#include "sdc/suppress.h"

#include "base/map.h"
#include "sdc/attrition.h"

static struct view key_of(const struct summarised_row *r, const char *variable, struct str *buf)
{
	str_reset(buf);
	str_addf(buf, "%d", r->result_id);
	for (size_t i = 0; i < 4; i++) {
		const char *part = (const char *const[]){r->group_level, r->strata_level,
		    r->additional_level, variable}[i];

		str_addc(buf, '\x1f');
		str_addz(buf, part);
	}
	return str_view(buf);
}

static bool is_small(const struct summarised_row *r, int min_cell)
{
	int64_t n;

	return strstr(r->estimate_name, "count") && view_to_i64(VIEW(r->estimate_value), &n) &&
	       n > 0 && n < min_cell;
}

static void hide(struct summarised_row *r, enum summarised_hidden why)
{
	r->estimate_value = SUMMARISED_HIDDEN_VALUE;
	r->hidden = why;
}

/* The rows of one attrition table: of each step first who is left, then who was excluded. */
static bool is_step(const struct summarised *s, size_t first, size_t step)
{
	const struct summarised_row *r = &s->rows.ptr[first];

	if (step == SDC_STEPS_MAX || first + 2 * step + 1 >= s->rows.len)
		return false;
	r += 2 * step;
	return r->result_id == s->rows.ptr[first].result_id &&
	       strcmp(r[0].variable_name, "number_subjects") == 0 &&
	       strcmp(r[1].variable_name, "excluded_subjects") == 0;
}

static void hide_step(struct summarised_row *r, bool asked, int tell_below)
{
	if (asked)
		hide(r, is_small(r, tell_below) ? SUMMARISED_SMALL : SUMMARISED_LINKED);
}

/* Returns the number of rows, 0 when no attrition begins here. */
static size_t hide_attrition(struct summarised *s, size_t first, int min_cell)
{
	struct sdc_attrition a = {0};
	struct summarised_row *rows = &s->rows.ptr[first];

	for (; is_step(s, first, a.count); a.count++)
		if (!view_to_i64(VIEW(rows[2 * a.count].estimate_value), &a.left[a.count]) ||
		    !view_to_i64(VIEW(rows[2 * a.count + 1].estimate_value), &a.excluded[a.count]))
			break;
	sdc_attrition_hide(&a, min_cell);
	for (size_t i = 0; i < a.count; i++) {
		int tell_below = i <= a.few ? min_cell : 0;

		hide_step(&rows[2 * i], a.hide_left[i], tell_below);
		hide_step(&rows[2 * i + 1], a.hide_excluded[i], tell_below);
	}
	return 2 * a.count;
}

static void hide_small(struct summarised *s, int min_cell, const char *base, struct map *ret_hidden)
{
	AUTO_STR struct str key = {0};

	for (size_t i = 0; i < s->rows.len; i++) {
		struct summarised_row *r = &s->rows.ptr[i];
		bool all = strcmp(r->variable_name, base) == 0;
		size_t attrition = hide_attrition(s, i, min_cell);

		if (attrition)
			i += attrition - 1;
		else if (is_small(r, min_cell) || r->hidden) {
			(void)map_add(ret_hidden, key_of(r, all ? "" : r->variable_name, &key), 1);
			hide(r, r->hidden ? r->hidden : SUMMARISED_SMALL);
		}
	}
}

static void hide_linked(struct summarised *s, const struct map *hidden)
{
	AUTO_STR struct str key = {0};

	for (size_t i = 0; i < s->rows.len; i++) {
		struct summarised_row *r = &s->rows.ptr[i];

		if (!r->hidden && (map_find(hidden, key_of(r, "", &key)) ||
				      map_find(hidden, key_of(r, r->variable_name, &key))))
			hide(r, SUMMARISED_LINKED);
	}
}

struct sdc_summary sdc_suppress(struct summarised *s, int min_cell, const char *base)
{
	AUTO_MAP struct map hidden = {0};
	struct sdc_summary summary = {0};

	hide_small(s, min_cell, base, &hidden);
	hide_linked(s, &hidden);
	for (size_t i = 0; i < s->rows.len; i++) {
		summary.small += s->rows.ptr[i].hidden == SUMMARISED_SMALL;
		summary.linked += s->rows.ptr[i].hidden == SUMMARISED_LINKED;
	}
	return summary;
}
