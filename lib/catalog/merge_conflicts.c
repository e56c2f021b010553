/* What sources say that stands against what is here, one behind the other. */
#include "catalog/merge.h"

struct listing {
	size_t most;
	struct arena *memory;
	struct catalog_conflicts *ret;
};

static int list_conflicts(struct store_tx *tx, void *arg, struct err *err)
{
	struct listing *l = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	l->ret->all.len = 0;
	if (store_query(&rows, tx, "catalog/records/claim.sql:conflicts",
		STORE_ARGS(store_int((int64_t)l->most)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		*vec_push(&l->ret->all) = (struct catalog_conflict){
		    .source = arena_strdup(l->memory, store_view(rows, 0)),
		    .iri = arena_strdup(l->memory, store_view(rows, 1)),
		    .kind = arena_strdup(l->memory, store_view(rows, 2)),
		    .at = store_number(rows, 3),
		    .theirs = arena_view(l->memory, store_view(rows, 4)),
		    .held_by = arena_strdup(l->memory, store_view(rows, 5)),
		    .ours = arena_view(l->memory, store_view(rows, 6))};
	return got;
}

int catalog_conflicts_list(struct store *s, size_t most, struct arena *memory,
    struct catalog_conflicts *ret, struct err *err)
{
	struct listing l = {most, memory, ret};

	return store_read(s, list_conflicts, &l, err);
}
