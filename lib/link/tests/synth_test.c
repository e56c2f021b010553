/*
 * The synthesis against its own promises, read back from the files it wrote:
 * the same bytes for any number of threads, the rates it states, one NIR a person
 * that says what the person is, repeats as many as asked.
 */
#include "base/map.h"
#include "health/nir_traits.h"
#include "io/csv.h"
#include "io/file.h"
#include "link/synth.h"
#include "link/synth_layout.h"
#include "shared_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static char *work; /* a folder of the run */

static int make_work(void **state)
{
	char pattern[] = "/tmp/hygie-synth-XXXXXX";

	(void)state;
	work = mem_strdup(mkdtemp(pattern));
	return 0;
}

static int remove_work(void **state)
{
	struct err err = {0};
	int rc = path_remove(work, &err);

	(void)state;
	free(work);
	return rc;
}

static struct link_synth_options options(const char *name, uint64_t records)
{
	static char paths[8][200];
	static unsigned turn;
	char *path = paths[turn++ % 8];

	snprintf(path, sizeof(paths[0]), "%s/%s", work, name);
	return (struct link_synth_options){
	    .records = records,
	    .centres = 1,
	    .duplicates = 0.3,
	    .error_rate = 1,
	    .seed = 7,
	    .nir = true,
	    .people = true,
	    .out = path,
	    .format = TABLE_CSV,
	    .threads = 2,
	};
}

static void run(const struct link_synth_options *o, struct link_synth_result *r)
{
	struct err err = {0};

	if (link_synth_run(o, r, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

/* A file of a run, read row by row. */
static struct csv_reader *open_file(const struct link_synth_options *o, const char *name)
{
	AUTO_FREE char *path = path_join(o->out, name);
	struct csv_reader *csv = NULL;
	struct err err = {0};

	assert_int_equal(csv_open(&csv, path, ',', &err), 0);
	assert_int_equal(csv_next(csv, &err), 1);
	return csv;
}

static bool next(struct csv_reader *csv)
{
	struct err err = {0};
	int rc = csv_next(csv, &err);

	assert_true(rc >= 0);
	return rc > 0;
}

static void threads_do_not_matter(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result first = {0};

	(void)state;
	for (int threads = 1; threads <= 5; threads += 2) {
		AUTO_LINK_SYNTH struct link_synth_result r = {0};
		AUTO_FREE char *name = str_format("threads%d", threads);
		struct link_synth_options o = options(name, 40000);

		o.threads = threads;
		o.centres = 3;
		run(&o, threads == 1 ? &first : &r);
		if (threads == 1)
			continue;
		assert_int_equal(r.files.len, 5);
		for (size_t i = 0; i < r.files.len; i++)
			assert_string_equal(r.files.ptr[i].sha256, first.files.ptr[i].sha256);
		assert_memory_equal(r.errors, first.errors, sizeof(r.errors));
		assert_int_equal(r.present, first.present);
	}
}

static void seeds_matter(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result a = {0};
	AUTO_LINK_SYNTH struct link_synth_result b = {0};
	struct link_synth_options o = options("seed7", 500), p = options("seed8", 500);

	(void)state;
	p.seed = 8;
	run(&o, &a);
	run(&p, &b);
	for (size_t i = 0; i < 3; i++)
		assert_string_not_equal(a.files.ptr[i].sha256, b.files.ptr[i].sha256);
}

/* Each count within five standard deviations of what its rate says, and every error seen. */
static void rates_are_as_stated(void **state)
{
	static const double factors[] = {1, 0.5};

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(factors); f++) {
		AUTO_LINK_SYNTH struct link_synth_result r = {0};
		struct link_synth_options o = options(f ? "rates_half" : "rates", 200000);

		o.error_rate = factors[f];
		run(&o, &r);
		for (int e = 0; e < SYNTH_ERRORS; e++) {
			double n = (double)r.errors[e].applies, p = r.rates[e];
			double off = (double)r.errors[e].applied - n * p;

			print_message("%s: %.0f of %.0f\n", r.names[e],
			    (double)r.errors[e].applied, n);
			assert_true(n > 0 && p > 0);
			assert_true(off * off <= 25 * (n * p * (1 - p) + 1));
		}
	}
}

/* Whether the words of a truth row hold one. */
static bool has_word(struct view words, const char *word)
{
	struct view piece;

	while (view_next(&words, ' ', &piece))
		if (view_eq(piece, VIEW(word)))
			return true;
	return false;
}

/* What the truth file says was done is what the result counts. */
static void truth_counts_the_same(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result r = {0};
	struct link_synth_options o = options("counts", 30000);
	uint64_t counts[SYNTH_ERRORS] = {0}, faulty = 0;
	AUTO_CSV struct csv_reader *truth = NULL;

	(void)state;
	run(&o, &r);
	truth = open_file(&o, "truth.csv");
	while (next(truth)) {
		faulty += csv_field(truth, 2).len > 0;
		for (int e = 0; e < SYNTH_ERRORS; e++)
			counts[e] += has_word(csv_field(truth, 2), r.names[e]);
	}
	assert_int_equal(faulty, r.faulty);
	for (int e = 0; e < SYNTH_ERRORS; e++)
		assert_int_equal(counts[e], r.errors[e].applied);
}

enum { ID,
	SURNAME,
	USED,
	GIVEN,
	SEX,
	DATE,
	CODE,
	PLACE,
	NIR,
	COLUMNS };

static struct nir_traits traits_of(const struct csv_reader *csv)
{
	struct nir_traits t = {
	    .sex = csv_field(csv, SEX).ptr[0],
	    .place = csv_field(csv, CODE),
	};

	assert_true(birth_date_parse(csv_field(csv, DATE), &t.birth));
	return t;
}

/* Rows of people, by id, as one text: values between commas. */
static void remember(struct map *ids, struct arena *arena, const char **rows,
    const struct csv_reader *csv)
{
	AUTO_STR struct str row = {0};
	int64_t at = map_intern(ids, csv_field(csv, ID));

	for (size_t i = SURNAME; i < COLUMNS; i++)
		csv_add_field(&row, csv_field(csv, i), i == SURNAME);
	rows[at] = arena_strdup(arena, str_view(&row));
}

static void numbers_tell_the_person(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result r = {0};
	AUTO_PLACES struct places *places = NULL;
	AUTO_MAP struct map numbers = {0};
	AUTO_CSV struct csv_reader *people = NULL;
	struct link_synth_options o = options("numbers", 60000);
	size_t count = 0, early = 0;
	struct err err = {0};

	(void)state;
	run(&o, &r);
	assert_int_equal(places_load(&places, &err), 0);
	people = open_file(&o, "people.csv");
	while (next(people)) {
		struct nir_traits t = traits_of(people);
		struct nir n;

		count++;
		(void)map_intern(&numbers, csv_field(people, NIR));
		assert_int_equal(numbers.entries.len, count); /* nobody else has it */
		assert_int_equal(nir_parse(&n, csv_field(people, NIR)), NIR_SOUND);
		assert_int_equal(n.key, nir_key(n.digits));
		assert_int_equal(n.warnings, 0);
		assert_true(birth_date_is_day(t.birth));
		assert_int_equal(nir_traits_contradict(&n, &t, places), 0);
		assert_true(view_eq(t.place, VIEW(n.place)));
		early += nir_check_place(&n, t.birth.year, places) != 0;
	}
	assert_int_equal(count, r.people);
	/* Few communes of the list are younger than their oldest people. */
	assert_true(early * 100 <= count);
}

/* Without errors a record is its person, in capitals or not; with them its number still tells. */
static void clean_records_are_their_people(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result r = {0};
	AUTO_MAP struct map ids = {0};
	AUTO_ARENA struct arena arena = {0};
	AUTO_CSV struct csv_reader *people = NULL;
	AUTO_CSV struct csv_reader *truth = NULL;
	AUTO_CSV struct csv_reader *records = NULL;
	struct link_synth_options o = options("clean", 5000);
	const char **rows;
	size_t equal = 0, capitals = 0;

	(void)state;
	o.error_rate = 0;
	run(&o, &r);
	assert_int_equal(r.faulty, 0);
	rows = mem_zalloc(r.people, sizeof(*rows));
	people = open_file(&o, "people.csv");
	while (next(people))
		remember(&ids, &arena, rows, people);
	truth = open_file(&o, "truth.csv");
	records = open_file(&o, "records.csv");
	while (next(records)) {
		AUTO_STR struct str row = {0};
		const char *person;
		bool same;

		assert_true(next(truth));
		assert_true(view_eq(csv_field(truth, 0), csv_field(records, ID)));
		person = rows[*map_find(&ids, csv_field(truth, 1))];
		assert_int_equal(csv_field(truth, 2).len, 0);
		for (size_t i = SURNAME; i < COLUMNS; i++)
			csv_add_field(&row, csv_field(records, i), i == SURNAME);
		same = strcmp(str_get(&row), person) == 0;
		assert_true(view_ends(VIEW(person), csv_field(records, NIR)));
		equal += same;
		capitals += !same && strpbrk(str_get(&row), "abcdefghijklmnopqrstuvwxyz") == NULL;
	}
	assert_int_equal(equal + capitals, 5000);
	assert_in_range(capitals, 3300, 3700); /* 70 % */
	free(rows);
}

static void untouched_numbers_are_the_person_s(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result r = {0};
	AUTO_MAP struct map people = {0};
	AUTO_MAP struct map numbers = {0};
	AUTO_CSV struct csv_reader *truth = NULL;
	AUTO_CSV struct csv_reader *records = NULL;
	struct link_synth_options o = options("touched", 30000);
	size_t wrong_keys = 0, touched = 0;

	(void)state;
	run(&o, &r);
	truth = open_file(&o, "truth.csv");
	records = open_file(&o, "records.csv");
	while (next(records)) {
		struct nir n;
		enum nir_fault fault;
		int64_t person, known;

		assert_true(next(truth));
		fault = nir_parse(&n, csv_field(records, NIR));
		if (csv_field(records, NIR).len == 0)
			continue;
		if (has_word(csv_field(truth, 2), "nir_digit") ||
		    has_word(csv_field(truth, 2), "nir_neighbours")) {
			touched++;
			wrong_keys += fault != NIR_SOUND || n.key == NIR_KEY_NONE;
			continue;
		}
		if (has_word(csv_field(truth, 2), "nir_letter") ||
		    has_word(csv_field(truth, 2), "nir_corsica") ||
		    has_word(csv_field(truth, 2), "nir_parent"))
			continue;
		assert_int_equal(fault, NIR_SOUND);
		person = map_intern(&people, csv_field(truth, 1));
		known = *map_add(&numbers, VIEW(n.digits), person);
		assert_int_equal(known, person); /* one number, one person */
	}
	assert_true(touched > 100);
	/* One error is always found by the key; two together once in 97. */
	assert_true(wrong_keys * 97 >= touched * 96);
}

static size_t distinct_people(const struct link_synth_options *o)
{
	AUTO_MAP struct map people = {0};
	AUTO_CSV struct csv_reader *truth = open_file(o, "truth.csv");

	while (next(truth))
		(void)map_intern(&people, csv_field(truth, 1));
	return people.entries.len;
}

static void repeats_are_as_many_as_asked(void **state)
{
	static const struct {
		int centres;
		double duplicates;
	} cases[] = {{1, 0}, {1, 0.3}, {1, 0.9}, {2, 0}, {2, 0.25}, {2, 0.5}, {5, 0.6}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_LINK_SYNTH struct link_synth_result r = {0};
		AUTO_FREE char *name = str_format("repeats%zu", i);
		struct link_synth_options o = options(name, 20000);
		double wanted = 20000 * (1 - cases[i].duplicates);

		o.centres = cases[i].centres;
		o.duplicates = cases[i].duplicates;
		run(&o, &r);
		assert_int_equal(distinct_people(&o), r.present);
		print_message("%d centres, %g: %.0f people\n", o.centres, o.duplicates,
		    (double)r.present);
		assert_true((double)r.present >= wanted * 0.98 &&
			    (double)r.present <= wanted * 1.02);
	}
}

/* Truth rows stand centre by centre, in the order of the centres' files. */
static void nobody_is_twice_in_a_centre(void **state)
{
	AUTO_LINK_SYNTH struct link_synth_result r = {0};
	AUTO_CSV struct csv_reader *truth = NULL;
	struct link_synth_options o = options("centres", 10007);
	int64_t total = 0;

	(void)state;
	o.centres = 4;
	o.duplicates = 0.5;
	run(&o, &r);
	truth = open_file(&o, "truth.csv");
	for (size_t c = 0; c < 4; c++) {
		AUTO_CSV struct csv_reader *records = open_file(&o, r.files.ptr[c].name);
		AUTO_MAP struct map people = {0};

		while (next(records)) {
			assert_true(next(truth));
			assert_true(view_eq(csv_field(truth, 0), csv_field(records, ID)));
			(void)map_intern(&people, csv_field(truth, 1));
		}
		assert_int_equal((int64_t)people.entries.len, r.files.ptr[c].rows);
		assert_in_range(r.files.ptr[c].rows, 2501, 2502);
		total += r.files.ptr[c].rows;
	}
	assert_int_equal(total, 10007);
}

/* Every person once, whatever the number: the network is a permutation. */
static void ranks_are_a_permutation(void **state)
{
	(void)state;
	for (uint64_t n = 1; n < 3000; n = n * 3 + 1) {
		struct synth_layout l = {.seed = 5, .records = n, .people = n, .centres = 1};
		bool *seen = mem_zalloc(n, sizeof(*seen));

		for (uint64_t i = 0; i < n; i++) {
			uint64_t rank = synth_layout_rank(&l, i);

			assert_true(rank < n && !seen[rank]);
			seen[rank] = true;
		}
		free(seen);
	}
}

/* Each rank's cell gives the rank back, and orders run from 1 within a cell. */
static void cells_and_ranks_agree(void **state)
{
	static const uint64_t sizes[] = {1, 7, 100, 5000, 3000000};
	AUTO_SYNTH_MODEL struct synth_model *model = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(synth_model_load(&model, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct synth_world w = {model, 3, sizes[i]};

		for (uint64_t rank = 0; rank < sizes[i]; rank += 1 + sizes[i] / 5000) {
			struct synth_cell c = synth_cell_at(&w, rank), asked = c;
			uint64_t back;

			assert_in_range(c.order, 1, c.count);
			asked.order = c.order - 1;
			assert_true(synth_cell_rank(&w, &asked, &back));
			assert_int_equal(back, rank);
		}
	}
}

/* The largest population keeps to numbers of three digits. */
static void the_largest_population_has_numbers(void **state)
{
	AUTO_SYNTH_MODEL struct synth_model *model = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(synth_model_load(&model, &err), 0);
	assert_true(synth_largest_order(&(struct synth_world){model, 1, SYNTH_PEOPLE_MAX}) <= 999);
}

/* Births of the INSEE file by sex, plain name and decade. */
static void count_births(struct synth_model *m, struct csv_reader *csv, struct map *keys,
    int64_t (*births)[SYNTH_DECADES])
{
	while (next(csv)) {
		AUTO_STR struct str key = {0};
		struct synth_word word;
		int64_t year, n;

		synth_word_of(m, csv_field(csv, 1), &word);
		str_add(&key, csv_field(csv, 0));
		str_add(&key, word.plain);
		assert_true(view_to_i64(csv_field(csv, 2), &year));
		assert_true(view_to_i64(csv_field(csv, 3), &n));
		births[map_intern(keys, str_view(&key))]
		      [MIN((year - 1900) / 10, SYNTH_DECADES - 1)] += n;
	}
}

/* The list of given names is what INSEE counts, in hundreds, spellings put together. */
static void given_names_are_those_of_insee(void **state)
{
	AUTO_SYNTH_MODEL struct synth_model *m = NULL;
	AUTO_CSV struct csv_reader *csv = NULL;
	AUTO_MAP struct map keys = {0};
	int64_t(*births)[SYNTH_DECADES] = mem_zalloc(100000, sizeof(*births));
	struct err err = {0};

	(void)state;
	assert_int_equal(synth_model_load(&m, &err), 0);
	assert_int_equal(csv_open(&csv, shared_data("data/names/prenoms_fr_1900_2021.csv"), ';',
			     &err),
	    0);
	assert_true(next(csv));
	count_births(m, csv, &keys, births);
	for (int sex = 0; sex < SYNTH_SEXES; sex++) {
		const struct synth_given *g = &m->given[sex];

		for (size_t i = 0; i < g->names.len; i++) {
			AUTO_STR struct str key = {0};
			int64_t *at;

			str_addc(&key, sex ? 'F' : 'M');
			str_add(&key, m->names.ptr[g->names.ptr[i]].word.plain);
			at = map_find(&keys, str_view(&key));
			assert_non_null(at);
			for (int d = 0; d < SYNTH_DECADES; d++) {
				const uint32_t *sums = g->cumulative[d].ptr;
				int64_t n = sums[i] - (i ? sums[i - 1] : 0);

				assert_in_range(n * 100 - births[*at][d] + 50, 0, 100);
			}
		}
	}
	free(births);
}

static void wrong_options_are_refused(void **state)
{
	struct link_synth_options o[] = {options("no", 0), options("no", 10), options("no", 10),
	    options("no", 10), options("no", 10), options("no", 100), options("no", 900000000)};

	(void)state;
	o[1].centres = 11;
	o[2].duplicates = 0.96;
	o[3].duplicates = -0.1;
	o[4].error_rate = -1;
	o[5].centres = 2;
	o[5].duplicates = 0.6;
	for (size_t i = 0; i < ARRAY_LEN(o); i++) {
		AUTO_LINK_SYNTH struct link_synth_result r = {0};
		struct err err = {0};

		assert_int_equal(link_synth_run(&o[i], &r, NULL, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_false(path_exists(o[i].out));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(threads_do_not_matter),
	    cmocka_unit_test(seeds_matter),
	    cmocka_unit_test(rates_are_as_stated),
	    cmocka_unit_test(truth_counts_the_same),
	    cmocka_unit_test(numbers_tell_the_person),
	    cmocka_unit_test(clean_records_are_their_people),
	    cmocka_unit_test(untouched_numbers_are_the_person_s),
	    cmocka_unit_test(repeats_are_as_many_as_asked),
	    cmocka_unit_test(nobody_is_twice_in_a_centre),
	    cmocka_unit_test(ranks_are_a_permutation),
	    cmocka_unit_test(cells_and_ranks_agree),
	    cmocka_unit_test(the_largest_population_has_numbers),
	    cmocka_unit_test(given_names_are_those_of_insee),
	    cmocka_unit_test(wrong_options_are_refused),
	};

	return cmocka_run_group_tests(tests, make_work, remove_work);
}
