/* The custodians and the identity service at work, on rows small enough to check by hand. */
#include "world.h"

#include "exchange/identify.h"
#include "exchange/opened.h"
#include "io/csv.h"

enum { ROWS_MAX = 16 };

struct person_row {
	const char *idacc, *own, *insured, *twin;
};

static struct exchange_work work_of(struct world *w, enum actor actor)
{
	return (struct exchange_work){
	    .project = &w->multi, .directory = &w->directory, .key = w->key[actor]};
}

static void seal(struct world *w, enum actor centre, const struct person_row *rows, size_t count)
{
	struct exchange_writer *writer = NULL;
	const char *name = w->key[centre]->card.name;
	unsigned char row[EXCHANGE_ROW_MAX];
	struct err err = {0};

	assert_done(exchange_writer_open(&writer, name, &w->multi, EXCHANGE_NIR, name,
			w->key[centre], &w->directory, &err),
	    err);
	for (size_t i = 0; i < count; i++) {
		nir_row(row, rows[i].idacc, rows[i].own, rows[i].insured, rows[i].twin);
		assert_done(exchange_writer_put(writer, row, &err), err);
	}
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
}

/* idacc to "pseudonym class", as the controller reads them. */
struct answer {
	char idacc[16], pseudonym[32], class[32];
};

static size_t run_all(struct world *w, const struct person_row *nantes, size_t nantes_count,
    const struct person_row *brest, size_t brest_count, struct answer *ret)
{
	static const char *const tokens[] = {"tokens-nantes", "tokens-brest"};
	struct exchange_work first = work_of(w, CNAM_1);
	struct exchange_work second = work_of(w, CNAM_2);
	struct exchange_work last = work_of(w, CHU);
	AUTO_CSV struct csv_reader *csv = NULL;
	struct exchange_counts counts;
	struct err err = {0};
	uint64_t rows;
	size_t n = 0;

	seal(w, NANTES, nantes, nantes_count);
	seal(w, BREST, brest, brest_count);
	assert_done(exchange_hash_first(&first, "nantes", tokens[0], &counts, &err), err);
	assert_done(exchange_hash_first(&first, "brest", tokens[1], &counts, &err), err);
	assert_done(exchange_hash_second(&second, tokens, 2, "result", &counts, &err), err);
	assert_done(exchange_open_csv(&last, "result", "result.csv", &rows, &err), err);
	assert_int_equal(rows, nantes_count + brest_count);
	assert_done(csv_open(&csv, "result.csv", ',', &err), err);
	assert_int_equal(csv_next(csv, &err), 1);
	while (csv_next(csv, &err) > 0) {
		struct answer *a = &ret[n++];

		snprintf(a->idacc, sizeof(a->idacc), "%.*s", VIEW_ARG(csv_field(csv, 1)));
		snprintf(a->pseudonym, sizeof(a->pseudonym), "%.*s", VIEW_ARG(csv_field(csv, 2)));
		snprintf(a->class, sizeof(a->class), "%.*s", VIEW_ARG(csv_field(csv, 3)));
	}
	return n;
}

#define P1 "2550814168025"
#define P2 "2550814168026"
#define PARENT "1300814168025"

static void test_persons(void **state)
{
	/* all born on the same day, same sex: the triplet of PARENT is one for all */
	static const struct person_row nantes[] = {
	    {"n0", P1, "", ""},
	    {"n1", P2, PARENT, ""},
	    {"n2", "", PARENT, ""},
	    {"n3", "", "", ""},
	};
	static const struct person_row brest[] = {
	    {"b0", P1, "", ""},
	    {"b1", "", PARENT, ""},
	    {"b2", P2, "", ""},
	    {"b3", "", P1, ""},
	};
	struct answer a[ROWS_MAX];

	assert_int_equal(run_all(*state, nantes, 4, brest, 4, a), 8);
	/* the same own NIR in two centres */
	assert_string_equal(a[0].pseudonym, a[4].pseudonym);
	assert_string_equal(a[1].pseudonym, a[6].pseudonym);
	assert_string_not_equal(a[0].pseudonym, a[1].pseudonym);
	/* the parent's triplet goes with one own NIR */
	assert_string_equal(a[2].class, "triplet_of_own_nir");
	assert_string_equal(a[2].pseudonym, a[1].pseudonym);
	assert_string_equal(a[5].pseudonym, a[1].pseudonym);
	/* nothing to hash: kept, without a pseudonym */
	assert_string_equal(a[3].class, "no_nir");
	assert_string_equal(a[3].pseudonym, "");
	/* a triplet nobody else has */
	assert_string_equal(a[7].class, "triplet");
	assert_string_not_equal(a[7].pseudonym, a[0].pseudonym);
	assert_int_equal(strlen(a[7].pseudonym), 26);
}

static void test_twins(void **state)
{
	static const struct person_row nantes[] = {
	    {"n0", P1, PARENT, "1"},
	    {"n1", P2, PARENT, "2"},
	};
	static const struct person_row brest[] = {
	    {"b0", "", PARENT, ""},
	    {"b1", "", PARENT, "1"},
	    {"b2", "", PARENT, "2"},
	    {"b3", "", PARENT, "1"},
	};
	struct answer a[ROWS_MAX];

	assert_int_equal(run_all(*state, nantes, 2, brest, 4, a), 6);
	assert_string_not_equal(a[0].pseudonym, a[1].pseudonym);
	/* which of the two is open: never one of them */
	assert_string_equal(a[2].class, "twins");
	assert_string_not_equal(a[2].pseudonym, a[0].pseudonym);
	assert_string_not_equal(a[2].pseudonym, a[1].pseudonym);
	/* ranks keep twins apart, and the same rank together */
	assert_string_equal(a[3].class, "triplet_and_rank");
	assert_string_not_equal(a[3].pseudonym, a[4].pseudonym);
	assert_string_equal(a[3].pseudonym, a[5].pseudonym);
}

static void test_centres(void **state)
{
	static const struct person_row one[] = {{"n0", P1, "", ""}};
	static const char *const missing[] = {"tokens-nantes"};
	static const char *const twice[] = {"tokens-nantes", "tokens-brest", "tokens-nantes"};
	struct world *w = *state;
	struct exchange_work second = work_of(w, CNAM_2);
	struct exchange_counts counts;
	struct answer a[ROWS_MAX];
	struct err err = {0};

	(void)run_all(w, one, 1, one, 1, a);
	assert_refused(exchange_hash_second(&second, missing, 1, "r2", &counts, &err), err,
	    ERR_DENIED, "the envelope of centre brest is missing");
	assert_refused(exchange_hash_second(&second, twice, 3, "r2", &counts, &err), err,
	    ERR_DENIED, "two envelopes of centre nantes");
	assert_false(path_exists("r2"));
	/* the first custodian cannot do the second one's work, nor read what it sent */
	second.key = w->key[CNAM_1];
	assert_refused(exchange_hash_second(&second, twice, 2, "r2", &counts, &err), err,
	    ERR_DENIED, "is for cnam-2 to open");
}

/* A second deposit of one centre would tell who is in the base. */
static void test_second_deposit(void **state)
{
	static const struct person_row one[] = {{"n0", P1, "", ""}};
	static const struct person_row other[] = {{"n0", P2, "", ""}};
	struct world *w = *state;
	struct exchange_work first = work_of(w, CNAM_1);
	AUTO_EXCHANGE_LEDGER struct exchange_ledger *ledger = NULL;
	struct exchange_counts counts;
	struct err err = {0};

	assert_done(exchange_ledger_open(&ledger, "ledger", &err), err);
	first.ledger = ledger;
	seal(w, NANTES, one, 1);
	assert_int_equal(exchange_hash_first(&first, "nantes", "out", &counts, &err), 0);
	assert_int_equal(exchange_hash_first(&first, "nantes", "out", &counts, &err), 1);
	assert_int_equal(unlink("out"), 0);
	assert_int_equal(exchange_hash_first(&first, "nantes", "out", &counts, &err), 0);
	seal(w, NANTES, other, 1);
	assert_refused(exchange_hash_first(&first, "nantes", "out", &counts, &err), err,
	    ERR_DENIED, "was worked on before");
	first.again = true;
	assert_int_equal(exchange_hash_first(&first, "nantes", "out", &counts, &err), 0);
}

/* Numbers and tokens are for no file; results for the controller only. */
static void test_open(void **state)
{
	static const struct person_row one[] = {{"n0", P1, "", ""}};
	struct world *w = *state;
	struct exchange_work first = work_of(w, CNAM_1);
	struct exchange_work second = work_of(w, CNAM_2);
	struct answer a[ROWS_MAX];
	struct err err = {0};
	uint64_t rows;

	(void)run_all(w, one, 1, one, 1, a);
	assert_refused(exchange_open_csv(&first, "nantes", "x.csv", &rows, &err), err, ERR_DENIED,
	    "nobody reads the step 'nir'");
	assert_refused(exchange_open_csv(&second, "tokens-brest", "x.csv", &rows, &err), err,
	    ERR_DENIED, "nobody reads the step 'tokens'");
	assert_refused(exchange_open_csv(&second, "result", "x.csv", &rows, &err), err, ERR_DENIED,
	    "is for chu to open");
	assert_false(path_exists("x.csv"));
}

#define REFERENCE                                                                    \
	"nir,birth_name,used_name,given_names,birth_date,sex,birth_place,deceased\n" \
	"255081416802538,LE GALL,DUPONT,ANNE MARIE,19550814,2,14168,\n"              \
	"155081416802588,LE GALL,,YVES,19550814,1,14168,20200101\n"                  \
	"284058832102532,MARTIN,,JEANNE,19840512,2,88321,\n"                         \
	"284058832102631,MARTIN,,LOUISE,19840512,2,88321,\n"

struct question {
	const char *birth, *used, *given, *date, *sex, *place;
	enum exchange_outcome outcome;
	const char *nir;
};

/* The first four stand in the register; of the others one trait or more differs. */
static const struct question questions[] = {
    {"Le Gall", "", "Anne Marie", "19550814", "2", "14168", EXCHANGE_IDENTIFIED, P1},
    {"LEGALL", "Dupont", "Anne", "19550814", "2", "", EXCHANGE_IDENTIFIED, P1},
    {"Le Gâll", "", "YVES", "19550814", "1", "14168", EXCHANGE_IDENTIFIED, "1550814168025"},
    {"Martin", "", "Jeanne", "19840512", "2", "88321", EXCHANGE_IDENTIFIED, "2840588321025"},
    {"Martin", "", "Jeanne", "19841205", "2", "88321", EXCHANGE_RECTIFIED, "2840588321025"},
    {"Martn", "", "Jeanne", "19840512", "2", "88321", EXCHANGE_RECTIFIED, "2840588321025"},
    {"Dupont", "", "Anne", "19550814", "2", "14168", EXCHANGE_USED_NAME, ""},
    {"Martin", "", "Odile", "19840512", "2", "88321", EXCHANGE_SOME_ECHOES, ""},
    {"Nobody", "", "Odile", "19010101", "2", "", EXCHANGE_NO_ECHO, ""},
    {"Martin", "", "", "19840512", "2", "88321", EXCHANGE_REJECTED, ""},
    {"", "", "Jeanne", "19840512", "2", "88321", EXCHANGE_REJECTED, ""},
    {"Martin", "", "Jeanne", "", "2", "88321", EXCHANGE_REJECTED, ""},
};

static void test_civil(void **state)
{
	AUTO_EXCHANGE_POPULATION struct exchange_population *p = NULL;
	struct exchange_matcher m;
	struct err err = {0};

	(void)state;
	put_file("reference.csv", REFERENCE);
	assert_done(exchange_population_read(&p, "reference.csv", ',', NULL, &err), err);
	assert_int_equal(exchange_population_count(p), 4);
	m = exchange_civil_matcher(p);
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		const struct question *q = &questions[i];
		struct exchange_identity found;
		struct exchange_traits t = {.birth_name = VIEW(q->birth),
		    .used_name = VIEW(q->used),
		    .given_names = VIEW(q->given),
		    .birth_date = VIEW(q->date),
		    .sex = VIEW(q->sex),
		    .birth_place = VIEW(q->place)};

		assert_done(m.find(m.ctx, &t, &found, &err), err);
		if (found.outcome != q->outcome || strcmp(found.nir, q->nir) != 0)
			fail_msg("%zu: %s", i, exchange_outcome_name((int)found.outcome));
		assert_int_equal(found.deceased, strcmp(found.nir, "1550814168025") == 0);
	}
}

static void test_bad_reference(void **state)
{
	static const char *const bad[] = {"", "nir,birth_name\n",
	    "nir,birth_name,given_names,birth_date,sex\n",
	    "nir,birth_name,given_names,birth_date,sex\n255081416802539,A,B,1950,1\n",
	    "nir,birth_name,given_names,birth_date,sex\n255081416802538,A,B,soon,1\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_EXCHANGE_POPULATION struct exchange_population *p = NULL;
		struct err err = {0};

		put_file("reference.csv", bad[i]);
		assert_refused(exchange_population_read(&p, "reference.csv", ',', NULL, &err), err,
		    ERR_FORMAT, "reference.csv: ");
	}
}

/* Links of another engine: certain ones go on, the others are told. */
static void test_links(void **state)
{
	struct world *w = *state;
	AUTO_EXCHANGE_LINKS struct exchange_links *links = NULL;
	AUTO_EXCHANGE_LINKS struct exchange_links *decisions = NULL;
	struct exchange_matcher decided;
	struct exchange_work insee = {
	    .project = &w->mixed, .directory = &w->directory, .key = w->key[INSEE]};
	struct exchange_work chu = {
	    .project = &w->mixed, .directory = &w->directory, .key = w->key[CHU]};
	struct exchange_writer *writer = NULL;
	struct exchange_matcher m;
	struct exchange_found found;
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *nir = NULL;
	AUTO_STR struct str text = {0};
	struct err err = {0};
	uint64_t rows;

	assert_done(exchange_writer_open(&writer, "traits", &w->mixed, EXCHANGE_TRAITS, "brest",
			w->key[BREST], &w->directory, &err),
	    err);
	for (int i = 0; i < 4; i++) {
		unsigned char row[EXCHANGE_ROW_MAX] = {0};
		char idacc[2] = {(char)('a' + i), 0};

		exchange_row_set(EXCHANGE_TRAITS, row, EXCHANGE_F_IDACC, VIEW(idacc));
		exchange_row_set(EXCHANGE_TRAITS, row, EXCHANGE_F_BIRTH_NAME, VIEW("LE GALL"));
		assert_done(exchange_writer_put(writer, row, &err), err);
	}
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
	put_file("links.csv",
	    "idacc,nir,outcome\na,255081416802538,identifie\n"
	    "b,284058832102532,echo_unique\nc,284058832102532,identifie_rectifie\n");
	assert_done(exchange_links_read(&links, "links.csv", ',', &err), err);
	m = exchange_links_matcher(links);
	/* a person's decision comes first, the others stay as they were */
	put_file("decided.csv", "centre,idacc,nir,outcome\n"
				"brest,b,284058832102532,identifie_rectifie\n");
	assert_done(exchange_links_read(&decisions, "decided.csv", ',', &err), err);
	exchange_links_otherwise(decisions, &m);
	decided = exchange_links_matcher(decisions);
	assert_done(exchange_identify(&insee, "traits", &decided, "nir", "outcomes", NULL, &found,
			&err),
	    err);
	assert_int_equal(found.by_outcome[EXCHANGE_IDENTIFIED], 1);
	assert_int_equal(found.by_outcome[EXCHANGE_RECTIFIED], 2);
	assert_int_equal(found.by_outcome[EXCHANGE_NO_ECHO], 1);
	assert_done(exchange_identify(&insee, "traits", &m, "nir", "outcomes", "review.csv", &found,
			&err),
	    err);
	assert_int_equal(found.rows, 4);
	assert_done(exchange_envelope_open(&nir, "nir", &w->mixed, &w->directory, &err), err);
	assert_int_equal(exchange_envelope_manifest(nir)->count, 2);
	assert_done(exchange_open_csv(&chu, "outcomes", "outcomes.csv", &rows, &err), err);
	assert_done(file_read("outcomes.csv", 4096, &text, &err), err);
	assert_string_equal(text.buf, "centre,idacc,outcome,deceased\nbrest,a,identifie,\n"
				      "brest,b,echo_unique,\nbrest,c,identifie_rectifie,\n"
				      "brest,d,aucun_echo,\n");
	assert_done(file_read("review.csv", 4096, &text, &err), err);
	assert_string_equal(text.buf,
	    "centre,idacc,nir,outcome\nbrest,b,2840588321025,echo_unique\n");
}

/* pairs.csv of hygie link: best first, certain, rectified, close to another, too weak. */
static void test_pairs(void **state)
{
	static const char head[] =
	    "source_l,id_l,source_r,id_r,weight,probability,decision,levels\n";
	static const struct {
		const char *rows;
		enum exchange_outcome outcome;
	} cases[] = {
	    {"left,a,right,255081416802538,30.5,1,link,1 1 0\n", EXCHANGE_IDENTIFIED},
	    {"left,a,right,255081416802538,30.5,1,link,1 2 0\n", EXCHANGE_RECTIFIED},
	    {"left,a,right,255081416802538,30.5,1,link,1 1\n"
	     "left,a,right,284058832102532,24.6,1,apart,1 1\n",
		EXCHANGE_SOME_ECHOES},
	    {"left,a,right,255081416802538,30.5,1,link,1 1\n"
	     "left,a,right,284058832102532,24.4,1,apart,1 1\n",
		EXCHANGE_IDENTIFIED},
	    {"left,a,right,255081416802538,9.9,1,link,1 1\n", EXCHANGE_ONE_ECHO},
	    {"left,a,right,255081416802538,-0.5,.4,review,1 1\n", EXCHANGE_NO_ECHO},
	    {"left,b,right,255081416802538,30,1,link,1 1\n", EXCHANGE_NO_ECHO},
	};
	static const char *const bad[] = {"left,a,right,12,30,1,link,1\n",
	    "left,a,right,255081416802538,heavy,1,link,1\n",
	    "left,a,right,255081416802538,1,1,link,1\nleft,a,right,255081416802538,2,1,link,1\n"};
	AUTO_EXCHANGE_LINKS struct exchange_links *l = NULL;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *text = str_format("%s%s", head, cases[i].rows);
		struct exchange_traits t = {.idacc = VIEW("a"), .centre = VIEW("brest")};
		struct exchange_identity found = {.outcome = EXCHANGE_NO_ECHO};
		struct exchange_matcher m;

		put_file("pairs.csv", text);
		exchange_links_free(&l);
		assert_done(exchange_links_read(&l, "pairs.csv", ',', &err), err);
		m = exchange_links_matcher(l);
		assert_done(m.find(m.ctx, &t, &found, &err), err);
		assert_int_equal(found.outcome, cases[i].outcome);
	}
	exchange_links_free(&l);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_FREE char *text = str_format("%s%s", head, bad[i]);

		put_file("pairs.csv", text);
		assert_refused(exchange_links_read(&l, "pairs.csv", ',', &err), err, ERR_FORMAT,
		    "pairs.csv: row ");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_persons, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_twins, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_centres, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_second_deposit, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_open, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_civil, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_bad_reference, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_links, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_pairs, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
