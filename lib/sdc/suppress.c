#include "sdc/suppress.h"

#include "base/map.h"

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

struct sdc_summary sdc_suppress(struct summarised *s, int min_cell, const char *base)
{
	AUTO_MAP struct map hidden = {0};
	AUTO_STR struct str key = {0};
	struct sdc_summary summary = {0};

	for (size_t i = 0; i < s->rows.len; i++) {
		struct summarised_row *r = &s->rows.ptr[i];
		bool all = strcmp(r->variable_name, base) == 0;

		if (!is_small(r, min_cell))
			continue;
		(void)map_add(&hidden, key_of(r, all ? "" : r->variable_name, &key), 1);
		hide(r, SUMMARISED_SMALL);
		summary.small++;
	}
	for (size_t i = 0; i < s->rows.len; i++) {
		struct summarised_row *r = &s->rows.ptr[i];

		if (r->hidden || (!map_find(&hidden, key_of(r, "", &key)) &&
				     !map_find(&hidden, key_of(r, r->variable_name, &key))))
			continue;
		hide(r, SUMMARISED_LINKED);
		summary.linked++;
	}
	return summary;
}
