#include "snds/check_inside.h"

/* The codes as one text, one a line: a code with a line end is none. */
static void add_codes(const struct snds_nomenclature *n, struct str *out)
{
	for (size_t i = 0; i < n->codes.len; i++)
		str_addf(out, "%s%s", i ? "\n" : "", n->codes.ptr[i].code);
}

static int load(struct check *k, const char *name, const struct snds_nomenclature **ret,
    struct err *err)
{
	struct snds_nomenclature *n = snds_schema_nomenclature(k->schema, VIEW(name));
	AUTO_STR struct str codes = {0};

	if (n && snds_nomenclature_load(k->schema, n, err) < 0)
		return -1;
	if (!n || n->codes.len == 0) {
		*vec_push(&k->result->unread) = arena_strdup(k->arena, VIEW(name));
		return 0;
	}
	add_codes(n, &codes);
	*ret = n;
	return table_run_file(k->db, "snds/sql/check_codes.sql",
	    TABLE_PARAMS(TABLE_TEXT("nomenclature", VIEW(name)),
		TABLE_TEXT("codes", str_view(&codes))),
	    NULL, err);
}

int check_codes(struct check *k, const char *nomenclature, const struct snds_nomenclature **ret,
    struct err *err)
{
	const int64_t *known = map_find(&k->loaded, VIEW(nomenclature));

	*ret = NULL;
	if (known) {
		*ret = *known ? snds_schema_nomenclature(k->schema, VIEW(nomenclature)) : NULL;
		return 0;
	}
	if (load(k, nomenclature, ret, err) < 0)
		return -1;
	*map_add(&k->loaded, VIEW(nomenclature), 0) = *ret != NULL;
	return 0;
}
