/*
 * Rows that point at nothing. The hashes of a key that is pointed at make a
 * set; every file that points at it is then read once.
 */
#include "guard/schema_inside.h"

struct hash_set {
	uint64_t *slots; /* open addressing, at most half full; 0 is kept apart */
	size_t slot_count, len;
	bool has_zero;
};

static void set_put(struct hash_set *s, uint64_t hash)
{
	size_t i = (size_t)hash & (s->slot_count - 1);

	while (s->slots[i] && s->slots[i] != hash)
		i = (i + 1) & (s->slot_count - 1);
	s->len += s->slots[i] == 0;
	s->slots[i] = hash;
}

static void set_grow(struct hash_set *s)
{
	struct hash_set larger = {.slot_count = s->slot_count ? s->slot_count * 2 : 1024,
	    .has_zero = s->has_zero};

	larger.slots = mem_zalloc(larger.slot_count, sizeof(*larger.slots));
	for (size_t i = 0; i < s->slot_count; i++)
		if (s->slots[i])
			set_put(&larger, s->slots[i]);
	free(s->slots);
	*s = larger;
}

static void set_add(struct hash_set *s, uint64_t hash)
{
	if (s->len * 2 >= s->slot_count)
		set_grow(s);
	if (hash)
		set_put(s, hash);
	else
		s->has_zero = true;
}

static bool set_has(const struct hash_set *s, uint64_t hash)
{
	if (!hash || !s->slot_count)
		return !hash && s->has_zero;
	for (size_t i = (size_t)hash & (s->slot_count - 1); s->slots[i];
	     i = (i + 1) & (s->slot_count - 1))
		if (s->slots[i] == hash)
			return true;
	return false;
}

/* One side of a link: a file, its key, what its rows are looked up in or put into. */
struct side {
	const struct schema_bound *bound;
	const struct guard_key *key;
	int bits;
	uint64_t part;
	struct hash_set *sets; /* of the target: one a thread */
	const struct hash_set *target;
	struct side_worker {
		uint64_t of;
		struct guard_rows orphans;
		struct schema_scratch scratch;
	} * workers;
};

static bool hash_row(const struct side *s, int worker, const struct view *cells, size_t count,
    uint64_t *ret)
{
	return schema_key_hash(s->bound, s->key, cells, count, &s->workers[worker].scratch, ret) ==
	           SCHEMA_KEY_WHOLE &&
	       schema_in_part(*ret, s->bits, s->part);
}

static void take_target(void *ctx, int worker, uint64_t row, const struct view *cells,
    size_t count)
{
	const struct side *s = ctx;
	uint64_t hash;

	(void)row;
	if (hash_row(s, worker, cells, count, &hash))
		set_add(&s->sets[worker], hash);
}

static void look_up(void *ctx, int worker, uint64_t row, const struct view *cells, size_t count)
{
	const struct side *s = ctx;
	struct side_worker *w = &s->workers[worker];
	uint64_t hash;

	if (!hash_row(s, worker, cells, count, &hash))
		return;
	w->of++;
	if (!set_has(s->target, hash))
		guard_rows_add(&w->orphans, row);
}

static int run_side(struct schema_job *j, struct side *s, guard_row_fn *fn, struct err *err)
{
	bool *wanted = schema_wanted(s->bound, s->key);
	struct schema_bound *b = &j->bound.ptr[s->bound - j->bound.ptr];
	int rc;

	s->workers = mem_zalloc((size_t)j->options->threads, sizeof(*s->workers));
	rc = guard_feed_run(&b->feed, wanted, fn, s, err);
	for (int t = 0; t < j->options->threads; t++)
		schema_scratch_clear(&s->workers[t].scratch);
	free(wanted);
	return rc;
}

/* Files that point at the same key of the same file, with what was found. */
struct child {
	struct schema_bound *bound;
	const struct guard_key *from;
	uint64_t of;
	struct guard_rows orphans;
};

struct group {
	struct schema_bound *target;
	const struct guard_key *to;
	VEC(struct child) children;
};

static int read_target(struct schema_job *j, const struct group *g, int bits, uint64_t part,
    struct hash_set *ret, struct err *err)
{
	int threads = j->options->threads, rc;
	struct side s = {.bound = g->target, .key = g->to, .bits = bits, .part = part};

	s.sets = mem_zalloc((size_t)threads, sizeof(*s.sets));
	rc = run_side(j, &s, take_target, err);
	free(s.workers);
	*ret = s.sets[0];
	for (int t = 1; t < threads; t++) {
		for (size_t i = 0; i < s.sets[t].slot_count; i++)
			if (s.sets[t].slots[i])
				set_add(ret, s.sets[t].slots[i]);
		ret->has_zero = ret->has_zero || s.sets[t].has_zero;
		free(s.sets[t].slots);
	}
	free(s.sets);
	return rc;
}

static int read_child(struct schema_job *j, struct child *c, const struct hash_set *target,
    int bits, uint64_t part, struct err *err)
{
	struct side s = {
	    .bound = c->bound, .key = c->from, .bits = bits, .part = part, .target = target};
	int rc = run_side(j, &s, look_up, err);

	for (int t = 0; t < j->options->threads; t++) {
		c->of += s.workers[t].of;
		guard_rows_merge(&c->orphans, &s.workers[t].orphans);
	}
	free(s.workers);
	if (rc < 0)
		return schema_break(j, c->bound, err);
	return 0;
}

static int check_part(struct schema_job *j, struct group *g, int bits, uint64_t part,
    struct err *err)
{
	struct hash_set target = {0};
	int rc = read_target(j, g, bits, part, &target, err);

	for (size_t i = 0; rc >= 0 && i < g->children.len; i++)
		rc = read_child(j, &g->children.ptr[i], &target, bits, part, err);
	free(target.slots);
	return rc;
}

static int check_group(struct schema_job *j, struct group *g, struct err *err)
{
	int bits = schema_part_bits(g->target->rows, schema_entries_max(j, 1));

	for (uint64_t part = 0; part < UINT64_C(1) << bits; part++)
		if (check_part(j, g, bits, part, err) < 0)
			return schema_break(j, g->target, err);
	for (size_t i = 0; i < g->children.len; i++) {
		const struct child *c = &g->children.ptr[i];
		struct guard_check *check = guard_check_add(j->checks, "schema.link",
		    c->bound->name, VIEW(c->from->names), c->of, &c->orphans);

		check->detail = arena_strdup(&j->checks->arena, VIEW(g->target->table->name));
	}
	return 0;
}

static bool same_key(const struct guard_key *a, const struct guard_key *b)
{
	return a->count == b->count &&
	       memcmp(a->fields, b->fields, a->count * sizeof(*a->fields)) == 0;
}

static struct schema_bound *find_bound(struct schema_job *j, size_t table)
{
	for (size_t i = 0; i < j->bound.len; i++)
		if (j->bound.ptr[i].index == table && !j->bound.ptr[i].broken)
			return &j->bound.ptr[i];
	return NULL;
}

struct groups {
	VEC(struct group) list;
};

static void add_child(struct groups *groups, struct schema_bound *target,
    const struct guard_link *l, struct schema_bound *child)
{
	struct group *g = NULL;

	for (size_t i = 0; i < groups->list.len && !g; i++)
		if (groups->list.ptr[i].target == target &&
		    same_key(groups->list.ptr[i].to, &l->to))
			g = &groups->list.ptr[i];
	if (!g) {
		g = vec_push(&groups->list);
		g->target = target;
		g->to = &l->to;
	}
	*vec_push(&g->children) = (struct child){.bound = child, .from = &l->from};
}

/* A link whose target is not here cannot be judged: told as such. */
static void add_link(struct schema_job *j, struct groups *groups, struct schema_bound *child,
    const struct guard_link *l)
{
	struct schema_bound *target = find_bound(j, l->target);
	struct guard_check *check;

	if (child->table == &j->schema->tables.ptr[l->target])
		target = child; /* a schema alone is for several files */
	if (target && schema_has_key(target, &l->to) && schema_has_key(child, &l->from)) {
		add_child(groups, target, l, child);
		return;
	}
	check = guard_check_add(j->checks, "schema.link", child->name, VIEW(l->from.names), 0,
	    NULL);
	check->detail = arena_format(&j->checks->arena, "%s is not here",
	    j->schema->tables.ptr[l->target].name);
}

int schema_check_links(struct schema_job *j, struct err *err)
{
	struct groups groups = {0};
	int rc = 0;

	for (size_t i = 0; i < j->bound.len; i++) {
		struct schema_bound *b = &j->bound.ptr[i];

		for (size_t l = 0; !b->broken && l < b->table->links.len; l++)
			add_link(j, &groups, b, &b->table->links.ptr[l]);
	}
	for (size_t i = 0; i < groups.list.len; i++) {
		if (rc == 0)
			rc = check_group(j, &groups.list.ptr[i], err);
		vec_clear(&groups.list.ptr[i].children);
	}
	vec_clear(&groups.list);
	return rc;
}
