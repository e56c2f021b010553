#include "guard/site.h"

/* The value of the column that a group is of; NULL where it was not kept. */
static const struct guard_value *find_value(const struct guard_distinct *d, uint64_t group)
{
	for (size_t i = 0; i < d->slot_count; i++)
		if (d->slots[i].hash && guard_group_of_hash(d->slots[i].hash) == group)
			return &d->slots[i];
	return NULL;
}

void guard_site_name(struct str *out, const struct guard_csv *c, const struct guard_findings *f,
    const struct guard_group *group)
{
	const struct guard_column *column = &c->columns[c->roles.site];
	struct guard_telling t =
	    guard_telling_of(&f->columns.ptr[c->roles.site], guard_told_from(c, f));
	const struct guard_value *v = find_value(&column->values, group->group);
	AUTO_ARENA struct arena arena = {0};

	if (v && guard_tells_values(&t, column) && group->rows >= t.rows_min &&
	    !guard_distinct_is_masked(&column->values, v))
		str_add(out, guard_dialect_utf8(&c->dialect,
				 guard_distinct_text(&column->values, v), &arena));
}
