/*
 * The ends of the links, then types. Keys that are linked form groups, and a
 * group has one type and one length: each pass carries them over every link,
 * until nothing changes. Both only grow (to text, to the longest), so it ends.
 */
#include "snds/schema_build.h"

static bool ends_with(const char *name, const char *end)
{
	return view_ends(VIEW(name), VIEW(end));
}

static bool is_day(enum snds_type type)
{
	return type == SNDS_DATE || type == SNDS_MONTH || type == SNDS_YEAR ||
	       type == SNDS_YEARMONTH || type == SNDS_DATETIME;
}

/* IR_DTE_V is the calendar: a date needs no list of all days. */
static void settle_alone(struct snds_schema_column *c)
{
	c->type = c->declared;
	if (c->type == SNDS_BOOLEAN && ends_with(c->name, "_RET"))
		c->type = SNDS_STRING;
	if (is_day(c->declared))
		c->nomenclature = "";
	c->digits = c->declared == SNDS_INTEGER;
}

static int resolve(struct snds_schema *s, const struct snds_link_names *names, struct err *err)
{
	const struct snds_schema_table *from = &s->tables.ptr[names->table];
	const struct snds_schema_table *to = snds_schema_table(s, VIEW(names->target));
	size_t *ends = arena_zalloc(&s->arena, 2 * names->count, sizeof(*ends));

	for (size_t i = 0; i < names->count; i++) {
		struct snds_schema_column *a = snds_schema_column(s, from, VIEW(names->from[i]));
		struct snds_schema_column *b = snds_schema_column(s, to, VIEW(names->to[i]));

		if (!a || !b)
			return err_set(err, ERR_FORMAT,
			    "%s: a foreign key names a column that is not in %s", from->name,
			    to->name);
		a->linked = b->linked = true;
		ends[i] = (size_t)(a - s->columns.ptr);
		ends[names->count + i] = (size_t)(b - s->columns.ptr);
		s->key_pairs++;
		s->mixed_pairs += a->declared != b->declared;
	}
	*vec_push(&s->links) = (struct snds_link){names->table,
	    (size_t)(to - s->tables.ptr), names->count, ends, ends + names->count};
	return 0;
}

static void set_nomenclature(struct snds_schema *s, const struct snds_link_names *names)
{
	struct snds_schema_column *c;

	if (names->count != 1)
		return;
	c = snds_schema_column(s, &s->tables.ptr[names->table], VIEW(names->from[0]));
	if (c && !*c->nomenclature && snds_schema_nomenclature(s, VIEW(names->target)))
		c->nomenclature = names->target;
}

static bool join(struct snds_schema_column *a, struct snds_schema_column *b)
{
	enum snds_type type = a->type == b->type ? a->type : SNDS_STRING;
	int length = MAX(a->length, b->length);
	bool digits = a->digits || b->digits;
	bool changed = a->type != type || b->type != type || a->length != length ||
	               b->length != length || a->digits != digits || b->digits != digits;

	a->type = b->type = type;
	a->length = b->length = length;
	a->digits = b->digits = digits;
	return changed;
}

static bool settle_links(struct snds_schema *s)
{
	bool changed = false;

	for (size_t i = 0; i < s->links.len; i++) {
		const struct snds_link *l = &s->links.ptr[i];

		for (size_t k = 0; k < l->count; k++)
			changed = join(&s->columns.ptr[l->from[k]], &s->columns.ptr[l->to[k]]) ||
			          changed;
	}
	return changed;
}

int snds_schema_finish(struct snds_schema *s, struct err *err)
{
	for (size_t i = 0; i < s->link_names.len; i++) {
		const struct snds_link_names *names = &s->link_names.ptr[i];

		if (!snds_schema_table(s, VIEW(names->target)))
			set_nomenclature(s, names);
		else if (resolve(s, names, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < s->columns.len; i++)
		settle_alone(&s->columns.ptr[i]);
	while (settle_links(s))
		continue;
	return 0;
}
