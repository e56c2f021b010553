/*
 * Batches against one obvious model of all: every pair of records, weighed and
 * clustered at once, with keys computed anew. Ids of clusters change only as
 * the events say, and the events add up.
 */
#include "io/file.h"
#include "link/increment.h"
#include "link/state.h"
#include "world.h"

#include <sys/stat.h>

enum { BASE = 500,
	ADDED = 300,
	PEOPLE = 260 };

struct setting {
	bool two, dedupe, one_per_source;
	uint64_t pairs;
};

static const struct setting settings[] = {
    {.pairs = 20000},
    {.pairs = 0},
    {.two = true, .pairs = 15000},
    {.two = true, .dedupe = true, .one_per_source = true, .pairs = 20000},
};

static size_t seen[LINK_EVENTS]; /* over all tests */

struct world_of {
	char folder[64];
	uint64_t seed;
	struct setting s;
	const char *model; /* NULL: train one */
};

static char *path_of(const struct world_of *w, const char *name)
{
	return path_join(w->folder, name);
}

/* Records first, first + step, ... below end, as a file. */
static char *write_people(const struct world_of *w, const char *name, uint64_t first, uint64_t end,
    uint64_t step)
{
	AUTO_STR struct str text = {0};
	char *path = path_of(w, name);
	struct err err = {0};

	str_addz(&text, "id,first_name,surname,dob,sex,postcode\n");
	for (uint64_t i = first; i < end; i += step)
		add_person(&text, w->seed, i, PEOPLE);
	assert_int_equal(file_write(path, str_view(&text), &err), 0);
	return path;
}

static void begin(struct world_of *w, uint64_t seed, struct setting s)
{
	*w = (struct world_of){.folder = "/tmp/hygie-increment-XXXXXX", .seed = seed, .s = s};
	assert_non_null(mkdtemp(w->folder));
}

static void end(struct world_of *w)
{
	struct err err = {0};

	assert_int_equal(path_remove(w->folder, &err), 0);
}

static void run_base(const struct world_of *w, const char *name, int threads)
{
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_FREE char *left = write_people(w, "left.csv", 0, BASE, 1u + w->s.two);
	AUTO_FREE char *right = w->s.two ? write_people(w, "right.csv", 1, BASE, 2) : NULL;
	AUTO_FREE char *out = path_of(w, name);
	struct err err = {0};
	struct link_run o = {.left = left,
	    .right = right,
	    .out = out,
	    .model = w->model,
	    .keep = true,
	    .files = TABLE_CSV,
	    .link_and_dedupe = w->s.dedupe,
	    .one_per_source = w->s.one_per_source,
	    .review = -6,
	    .pairs = w->s.pairs,
	    .threads = threads};

	if (link_run(&job, &o, &err) < 0)
		fail_msg("%s", err.msg);
}

/* What the folder holds, with its model. */
static void open_kept(struct link_job *job, const struct world_of *w, const char *name)
{
	AUTO_FREE char *folder = path_of(w, name);
	struct err err = {0};

	if (link_job_open(job, folder, 1, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

static void change(const struct world_of *w, const char *name, const char *input, int source,
    bool remove, int threads, struct link_events *ret)
{
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_FREE char *folder = path_of(w, name);
	struct link_increment o = {.folder = folder,
	    .input = input,
	    .source = source,
	    .most_kept = 10000000,
	    .threads = threads};
	struct err err = {0};

	if ((remove ? link_remove : link_add)(&job, &o, ret, &err) < 0)
		fail_msg("%s", err.msg);
}

/* Keys from the records alone. */
static void check_keys(struct link_job *job)
{
	AUTO_LINK_BLOCKING struct link_blocking again = {0};
	const struct link_blocking *b = &job->blocking;
	const struct link_records *r = job->records;

	again.records = r;
	again.parts = b->parts;
	for (size_t i = 0; i < b->parts; i++) {
		again.part[i] = b->part[i];
		again.part[i].of_value = NULL;
		link_part_hash(r, &again.part[i], 0);
	}
	for (size_t p = 0; p < b->passes; p++)
		for (size_t i = 0; i < r->count && !b->pass[p].all; i++)
			assert_int_equal(link_key(&b->pass[p], i),
			    link_pass_split_key(&b->pass[p], link_row(r, i), r->fields,
				link_pass_key(&again, &b->pass[p], link_row(r, i))));
}

static bool meet(const struct link_blocking *b, uint32_t x, uint32_t y)
{
	for (size_t p = 0; p < b->passes; p++)
		if (link_meet(&b->pass[p], x, y))
			return true;
	return false;
}

static int by_weight(const void *x, const void *y)
{
	const struct link_edge *a = x;
	const struct link_edge *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static void weigh_every_pair(const struct link_job *job, struct link_edges *ret)
{
	const struct link_records *r = job->records;
	struct link_comparer c;

	link_comparer_init(&c, r, job->model.comparison, job->model.comparisons);
	for (uint32_t a = 0; a < r->count; a++)
		for (uint32_t b = a + 1; b < r->count; b++) {
			int64_t w;

			if ((job->spec.type == LINK_LINK_ONLY && r->source[a] == r->source[b]) ||
			    !meet(&job->blocking, a, b))
				continue;
			w = link_model_pair(&job->model, &c, link_row(r, a), link_row(r, b));
			if (w >= job->review)
				*vec_push(&ret->list) = (struct link_edge){a, b, (int32_t)w};
		}
	link_comparer_clear(&c);
	qsort(ret->list.ptr, ret->list.len, sizeof(*ret->list.ptr), by_weight);
}

static void check_against_all(const struct world_of *w, const char *name)
{
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_LINK_EDGES struct link_edges edges = {0};
	AUTO_LINK_CLUSTERS struct link_clusters clusters = {0};
	struct link_cluster c = {.threads = 1};
	struct err err = {0};

	open_kept(&job, w, name);
	check_keys(&job);
	weigh_every_pair(&job, &edges);
	assert_int_equal(edges.list.len, job.edges.list.len);
	assert_memory_equal(edges.list.ptr, job.edges.list.ptr,
	    edges.list.len * sizeof(*edges.list.ptr));
	c.model = &job.model;
	c.records = job.records;
	c.type = job.spec.type;
	c.threshold = job.threshold;
	c.one_per_source = job.one_per_source;
	assert_int_equal(link_cluster(&clusters, &c, &edges, &err), 0);
	assert_memory_equal(clusters.of_record, job.clusters.of_record,
	    job.records->count * sizeof(uint32_t));
	assert_int_equal(clusters.count, job.clusters.count);
	assert_int_equal(clusters.bridges, job.clusters.bridges);
}

/* Ids */

struct ids {
	struct map of_name; /* source and id of a record to its cluster */
	long size[4000];    /* by cluster */
};

static void read_ids(struct ids *ret, const struct world_of *w, const char *name)
{
	AUTO_LINK_JOB struct link_job job = {0};

	memset(ret, 0, sizeof(*ret));
	open_kept(&job, w, name);
	assert_true(job.kept.next_cluster <= ARRAY_LEN(ret->size));
	for (size_t i = 0; i < job.records->count; i++) {
		AUTO_STR struct str text = {0};

		str_addf(&text, "%d ", job.records->source[i]);
		link_record_name(job.records, i, &text);
		assert_true(job.kept.cluster[i] < job.kept.next_cluster);
		(void)map_add(&ret->of_name, str_view(&text), job.kept.cluster[i]);
		ret->size[job.kept.cluster[i]]++;
	}
}

static bool is_told(const struct link_events *e, int64_t from, int64_t to)
{
	for (size_t i = 0; i < e->list.len; i++) {
		const struct link_event *x = &e->list.ptr[i];

		if ((x->kind == LINK_MERGED && x->cluster == to && x->other == from) ||
		    ((x->kind == LINK_SPLIT || x->kind == LINK_MOVED) && x->cluster == from &&
			x->other == to))
			return true;
	}
	return false;
}

static void add_up(struct ids *ids, const struct link_event *x)
{
	long n = (long)x->records;
	bool away = x->kind == LINK_SPLIT || x->kind == LINK_MOVED || x->kind == LINK_REMOVED;

	ids->size[x->cluster] += away ? -n : n;
	if (x->kind == LINK_MERGED)
		ids->size[x->other] -= n;
	if (x->kind == LINK_SPLIT || x->kind == LINK_MOVED)
		ids->size[x->other] += n;
	if (x->kind == LINK_CREATED || x->kind == LINK_ENDED)
		assert_int_equal(ids->size[x->cluster], x->kind == LINK_CREATED ? n : 0);
	seen[x->kind]++;
}

static void check_events(struct ids *before, struct ids *after, const struct link_events *e)
{
	for (size_t i = 0; i < before->of_name.entries.len; i++) {
		const struct map_entry *x = &before->of_name.entries.ptr[i];
		const int64_t *now = map_find(&after->of_name, x->key);

		if (now && *now != x->value)
			assert_true(is_told(e, x->value, *now));
	}
	for (size_t i = 0; i < e->list.len; i++)
		add_up(before, &e->list.ptr[i]);
	for (size_t i = 0; i < ARRAY_LEN(before->size); i++)
		assert_int_equal(before->size[i], after->size[i]);
}

static void change_and_check(const struct world_of *w, const char *name, const char *input,
    int source, bool remove, int threads)
{
	AUTO_LINK_EVENTS struct link_events events = {0};
	struct ids *ids = mem_zalloc(2, sizeof(*ids));

	read_ids(&ids[0], w, name);
	change(w, name, input, source, remove, threads, &events);
	read_ids(&ids[1], w, name);
	check_events(&ids[0], &ids[1], &events);
	map_clear(&ids[0].of_name);
	map_clear(&ids[1].of_name);
	free(ids);
}

/* Where the batches end; the last is ADDED. */
static size_t cut(uint64_t seed, uint64_t ret[8])
{
	struct rng r = rng_at(seed, 77, 0);
	size_t n = 1 + rng_below(&r, 5);
	uint64_t at = 0;

	for (size_t i = 0; i + 1 < n; i++)
		ret[i] = at += rng_below(&r, (uint32_t)(ADDED - at - (n - i))) + 1;
	ret[n - 1] = ADDED;
	return n;
}

static void add_batches(const struct world_of *w, const char *name, int threads)
{
	uint64_t ends[8];
	size_t n = cut(w->seed, ends);

	for (size_t i = 0; i < n; i++) {
		int source = w->s.two ? (int)(i % 2) : -1;
		AUTO_FREE char *input = write_people(
		    w, "batch.csv", BASE + (i ? ends[i - 1] : 0), BASE + ends[i], 1);

		change_and_check(w, name, input, source, false, threads);
	}
}

static void remove_some(const struct world_of *w, const char *name)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *input = path_of(w, "gone.csv");
	struct err err = {0};

	str_addz(&text, "id,why\n");
	for (uint64_t i = 0; i < BASE; i += w->s.two ? 14 : 7) /* of the left */
		str_addf(&text, "%llu,asked\n", (unsigned long long)i);
	assert_int_equal(file_write(input, str_view(&text), &err), 0);
	change_and_check(w, name, input, w->s.two ? 0 : -1, true, 2);
}

static void check_same_bytes(const struct world_of *w, const char *a, const char *b)
{
	static const char *const files[] = {"state.bin", "clusters.csv", "events.csv", "pairs.csv",
	    "model.json"};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		AUTO_FREE char *folder_a = path_of(w, a);
		AUTO_FREE char *folder_b = path_of(w, b);
		AUTO_FREE char *one = path_join(folder_a, files[i]);
		AUTO_FREE char *other = path_join(folder_b, files[i]);
		AUTO_STR struct str x = {0};
		AUTO_STR struct str y = {0};
		struct err err = {0};

		assert_int_equal(file_read(one, 1 << 24, &x, &err), 0);
		assert_int_equal(file_read(other, 1 << 24, &y, &err), 0);
		assert_int_equal(x.len, y.len);
		assert_memory_equal(str_get(&x), str_get(&y), x.len);
	}
}

static void check_world(uint64_t seed, struct setting s, const char *model)
{
	struct world_of w;

	print_message("seed %llu\n", (unsigned long long)seed);
	begin(&w, seed, s);
	w.model = model;
	run_base(&w, "a", 1);
	run_base(&w, "b", 4);
	check_same_bytes(&w, "a", "b");
	add_batches(&w, "a", 1);
	add_batches(&w, "b", 4);
	check_same_bytes(&w, "a", "b");
	check_against_all(&w, "a");
	remove_some(&w, "a");
	check_against_all(&w, "a");
	end(&w);
}

static void test_batches_are_as_all(void **state)
{
	(void)state; /* cmocka's */
	for (size_t s = 0; s < ARRAY_LEN(settings); s++) {
		AUTO_FREE char *model = NULL;
		struct world_of trained;

		begin(&trained, 20, settings[s]);
		run_base(&trained, "a", 2);
		model = path_of(&trained, "a/model.json");
		for (uint64_t seed = 20; seed < 25; seed++)
			check_world(seed, settings[s], model);
		end(&trained);
	}
	for (int k = 0; k < LINK_EVENTS; k++)
		print_message("%s: %zu\n", link_event_name((enum link_event_kind)k), seen[k]);
	assert_true(seen[LINK_CREATED] && seen[LINK_JOINED] && seen[LINK_MERGED] &&
		    seen[LINK_SPLIT] && seen[LINK_REMOVED] && seen[LINK_ENDED]);
}

static void test_cut_does_not_matter(void **state)
{
	struct link_job jobs[2] = {0};
	struct world_of w;
	AUTO_LINK_EVENTS struct link_events events = {0};
	char *input;

	(void)state; /* cmocka's */
	begin(&w, 31, settings[0]);
	run_base(&w, "a", 2);
	run_base(&w, "b", 2);
	add_batches(&w, "a", 2);
	input = write_people(&w, "all.csv", BASE, BASE + ADDED, 1);
	change(&w, "b", input, -1, false, 2, &events);
	free(input);
	open_kept(&jobs[0], &w, "a");
	open_kept(&jobs[1], &w, "b");
	assert_true(jobs[0].kept.changes.len > jobs[1].kept.changes.len);
	assert_int_equal(jobs[0].edges.list.len, jobs[1].edges.list.len);
	assert_memory_equal(jobs[0].edges.list.ptr, jobs[1].edges.list.ptr,
	    jobs[0].edges.list.len * sizeof(struct link_edge));
	assert_memory_equal(jobs[0].clusters.of_record, jobs[1].clusters.of_record,
	    (BASE + ADDED) * sizeof(uint32_t));
	link_job_clear(&jobs[0]);
	link_job_clear(&jobs[1]);
	end(&w);
}

/* A record of a later batch has the key that the splits of the run gave its like. */
static void test_splits_are_kept(void **state)
{
	struct link_records *r = world(8, 3000, 900, false);
	struct link_blocking b;
	struct link_pass *p = &b.pass[0];

	(void)state; /* cmocka's */
	link_blocking_init(&b, r, LINK_DEDUPE_ONLY);
	for (unsigned i = 0; i < b.parts; i++)
		if (r->field[b.part[i].field].kind == LINK_SEX)
			*p = (struct link_pass){.parts = 1, .part = {i}};
	b.budget = 1000;
	b.passes = 1;
	link_pass_build(&b, p);
	assert_true(p->splits.len >= 2);
	assert_int_equal(p->splits.len, p->split_blocks);
	for (size_t i = 0; i < r->count; i++)
		assert_int_equal(p->key[i], link_pass_split_key(p, link_row(r, i), r->fields,
						link_pass_key(&b, p, link_row(r, i))));
	link_blocking_clear(&b);
	link_records_free(&r);
}

/* What became of clusters, counted by hand. Places: 0-2 were 7, 3-4 were 9, 5 was 12; 6-8 new. */
static void test_events_by_hand(void **state)
{
	const uint32_t record[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
	const uint32_t before[] = {7, 7, 7, 9, 9, 12, 0, 0, 0};
	const uint32_t leader[] = {0, 0, 2, 0, 4, 4, 0, 4, 8};
	const uint32_t wanted[] = {7, 7, 20, 7, 12, 12, 7, 12, 21};
	static const struct link_event events[] = {{LINK_JOINED, 7, 0, 1}, {LINK_MERGED, 7, 9, 1},
	    {LINK_JOINED, 12, 0, 1}, {LINK_MOVED, 9, 12, 1}, {LINK_SPLIT, 7, 20, 1},
	    {LINK_CREATED, 21, 0, 1}};
	uint32_t after[9];
	uint32_t next = 20;
	struct link_regrouped g = {9, record, before, leader, after};
	AUTO_LINK_EVENTS struct link_events got = {0};

	(void)state; /* cmocka's */
	link_events_find(&got, &g, &next);
	assert_int_equal(next, 22);
	assert_memory_equal(after, wanted, sizeof(wanted));
	assert_int_equal(got.list.len, ARRAY_LEN(events));
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		assert_int_equal(got.list.ptr[i].kind, events[i].kind);
		assert_int_equal(got.list.ptr[i].cluster, events[i].cluster);
		assert_int_equal(got.list.ptr[i].other, events[i].other);
		assert_int_equal(got.list.ptr[i].records, events[i].records);
	}
}

/* A state from memory, for the spec of `whole`. */
static int read_bytes(const struct link_job *whole, char *bytes, size_t len, struct err *err)
{
	AUTO_LINK_JOB struct link_job job = {0};
	FILE *file = fmemopen(bytes, MAX(len, (size_t)1), "rb");
	int rc;

	for (size_t f = 0; f < whole->records->fields; f++)
		link_spec_add(&job.spec, VIEW(whole->records->field[f].column),
		    whole->records->field[f].kind);
	job.spec.id = "id";
	*vec_push(&job.kept.changes) = (struct link_change){.batch = 1};
	rc = link_state_read_file(&job, file, len, "state.bin", err);
	fclose(file);
	return rc;
}

/* Any byte that differs is found, and every shorter file. */
static void test_damage_is_found(void **state)
{
	struct world_of w;
	AUTO_STR struct str good = {0};
	AUTO_FREE char *path = NULL;
	AUTO_LINK_JOB struct link_job whole = {0};
	struct err err = {0};

	(void)state; /* cmocka's */
	begin(&w, 41, settings[0]);
	run_base(&w, "a", 2);
	open_kept(&whole, &w, "a");
	path = path_of(&w, "a/state.bin");
	assert_int_equal(file_read(path, 1 << 24, &good, &err), 0);
	assert_int_equal(read_bytes(&whole, good.buf, good.len, &err), 0);
	for (size_t at = 0; at < good.len; at += 97) {
		assert_int_equal(read_bytes(&whole, good.buf, at, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		good.buf[at] ^= 0x10;
		assert_int_equal(read_bytes(&whole, good.buf, good.len, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		good.buf[at] ^= 0x10;
	}
	end(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_events_by_hand),
	    cmocka_unit_test(test_splits_are_kept),
	    cmocka_unit_test(test_damage_is_found),
	    cmocka_unit_test(test_cut_does_not_matter),
	    cmocka_unit_test(test_batches_are_as_all),
	};

	return cmocka_run_group_tests_name("increment", tests, NULL, NULL);
}
