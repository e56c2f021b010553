/* The exchange's folder and its ledger: replays, order, what a killed run leaves. */
#include "world.h"

#include "exchange/state.h"

#include <fcntl.h>
#include <sys/stat.h>

static void seal_one(struct world *w, enum actor centre, const char *path)
{
	struct exchange_writer *writer = NULL;
	const char *name = w->key[centre]->card.name;
	unsigned char row[EXCHANGE_ROW_MAX];
	struct err err = {0};

	nir_row(row, name, "2550814168025", "", "");
	assert_done(exchange_writer_open(&writer, path, &w->multi, EXCHANGE_NIR, name,
			w->key[centre], &w->directory, &err),
	    err);
	assert_done(exchange_writer_put(writer, row, &err), err);
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
}

MUST_CHECK static int receive(struct world *w, const char *path, bool replace,
    enum exchange_receipt *ret, struct err *err)
{
	AUTO_EXCHANGE_STATE struct exchange_state *s = NULL;
	struct exchange_manifest m;

	if (exchange_state_open(&s, "state", err) < 0)
		return -1;
	return exchange_state_receive(s, path, &w->multi, &w->directory, replace, ret, &m, err);
}

MUST_CHECK static int forward(struct world *w, size_t *ret, struct err *err)
{
	AUTO_EXCHANGE_STATE struct exchange_state *s = NULL;

	if (exchange_state_open(&s, "state", err) < 0)
		return -1;
	return exchange_state_forward(s, &w->multi, &w->directory, "out", ret, err);
}

static void test_way(void **state)
{
	struct world *w = *state;
	enum exchange_receipt receipt = EXCHANGE_KNOWN;
	struct err err = {0};
	size_t count = 0;

	seal_one(w, NANTES, "n1");
	seal_one(w, NANTES, "n2");
	seal_one(w, BREST, "b1");
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_int_equal(receipt, EXCHANGE_NEW);
	/* the same again changes nothing */
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_int_equal(receipt, EXCHANGE_KNOWN);
	/* one centre of two: nothing is handed on */
	assert_refused(forward(w, &count, &err), err, ERR_DENIED,
	    "1 envelope waits until every centre has deposited");
	assert_false(path_exists("out"));
	/* a second deposit, and then one that takes the first one's place */
	assert_refused(receive(w, "n2", false, &receipt, &err), err, ERR_DENIED,
	    "nantes has deposited the step 'nir' before");
	assert_done(receive(w, "n2", true, &receipt, &err), err);
	assert_refused(receive(w, "n1", false, &receipt, &err), err, ERR_DENIED, "a replay");
	assert_refused(receive(w, "n1", true, &receipt, &err), err, ERR_DENIED, "a replay");
	assert_done(receive(w, "b1", false, &receipt, &err), err);
	assert_done(forward(w, &count, &err), err);
	assert_int_equal(count, 2);
	assert_true(path_exists("out/cnam-1/avc-nir-nantes.envelope"));
	/* again: nothing new, and what is lost comes back */
	assert_int_equal(unlink("out/cnam-1/avc-nir-nantes.envelope"), 0);
	assert_done(forward(w, &count, &err), err);
	assert_int_equal(count, 0);
	assert_true(path_exists("out/cnam-1/avc-nir-nantes.envelope"));
	/* after that neither the same nor another one comes in */
	assert_refused(receive(w, "n2", false, &receipt, &err), err, ERR_DENIED, "a replay");
	seal_one(w, NANTES, "n3");
	assert_refused(receive(w, "n3", true, &receipt, &err), err, ERR_DENIED, "was handed on");
}

/* Not before the result; then the bytes go, and a replay is still refused. */
static void test_purge(void **state)
{
	struct world *w = *state;
	AUTO_EXCHANGE_STATE struct exchange_state *s = NULL;
	struct exchange_writer *writer = NULL;
	enum exchange_receipt receipt = EXCHANGE_KNOWN;
	struct exchange_manifest m;
	struct err err = {0};
	size_t count = 0;

	seal_one(w, NANTES, "n1");
	seal_one(w, BREST, "b1");
	assert_done(exchange_writer_open(&writer, "r1", &w->multi, EXCHANGE_RESULT, "chu",
			w->key[CNAM_2], &w->directory, &err),
	    err);
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_done(receive(w, "b1", false, &receipt, &err), err);
	assert_done(forward(w, &count, &err), err);
	assert_done(exchange_state_open(&s, "state", &err), err);
	assert_refused(exchange_state_purge(s, &w->multi, &count, &err), err, ERR_DENIED,
	    "its result was not handed on yet");
	assert_done(exchange_state_receive(s, "r1", &w->multi, &w->directory, false, &receipt, &m,
			&err),
	    err);
	assert_done(exchange_state_forward(s, &w->multi, &w->directory, "out", &count, &err), err);
	assert_done(exchange_state_purge(s, &w->multi, &count, &err), err);
	assert_int_equal(count, 3);
	assert_int_equal(rmdir("state/envelopes"), 0);
	assert_done(exchange_state_purge(s, &w->multi, &count, &err), err);
	assert_int_equal(count, 0);
	exchange_state_close(&s);
	/* nothing to hand on any more, nothing to fail for */
	assert_int_equal(unlink("out/cnam-1/avc-nir-nantes.envelope"), 0);
	assert_done(forward(w, &count, &err), err);
	assert_refused(receive(w, "n1", false, &receipt, &err), err, ERR_DENIED, "a replay");
	seal_one(w, NANTES, "n2");
	assert_refused(receive(w, "n2", true, &receipt, &err), err, ERR_DENIED, "was handed on");
}

static void test_rejects(void **state)
{
	struct world *w = *state;
	enum exchange_receipt receipt = EXCHANGE_KNOWN;
	struct err err = {0};

	put_file("plain.csv", "idacc,nir\na,255081416802538\n");
	assert_refused(receive(w, "plain.csv", false, &receipt, &err), err, ERR_FORMAT,
	    "is no envelope");
	assert_refused(receive(w, "missing", false, &receipt, &err), err, ERR_IO, "cannot open");
	/* nothing of it was copied */
	assert_int_equal(rmdir("state/envelopes"), 0);
}

static void test_leftovers(void **state)
{
	struct world *w = *state;
	enum exchange_receipt receipt = EXCHANGE_KNOWN;
	struct err err = {0};

	seal_one(w, NANTES, "n1");
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	put_file("state/envelopes/.x.partial", "half");
	put_file("state/envelopes/"
		 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "whole, and no line");
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_int_equal(receipt, EXCHANGE_KNOWN);
	assert_false(path_exists("state/envelopes/.x.partial"));
	assert_int_not_equal(
	    access("state/envelopes/"
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		F_OK),
	    0);
}

static void append(const char *path, const char *text)
{
	FILE *out = fopen(path, "ae");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void test_ledger(void **state)
{
	struct world *w = *state;
	enum exchange_receipt receipt = EXCHANGE_KNOWN;
	AUTO_STR struct str text = {0};
	struct err err = {0};
	struct stat st;

	seal_one(w, NANTES, "n1");
	seal_one(w, BREST, "b1");
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_done(receive(w, "b1", false, &receipt, &err), err);
	assert_done(file_read("state/ledger", 4096, &text, &err), err);
	/* a line cut by a crash goes */
	append("state/ledger", "3\tforwarded\tavc");
	assert_done(receive(w, "n1", false, &receipt, &err), err);
	assert_int_equal(stat("state/ledger", &st), 0);
	assert_int_equal(st.st_size, text.len);
	/* a changed line stays and is told: each byte of the first line */
	for (size_t i = 0; text.buf[i] != '\n'; i++) {
		AUTO_EXCHANGE_LEDGER struct exchange_ledger *l = NULL;
		char kept = text.buf[i];

		text.buf[i] = kept == '1' ? '2' : '1';
		put_file("state/ledger", text.buf);
		assert_refused(exchange_ledger_open(&l, "state/ledger", &err), err, ERR_FORMAT,
		    "was changed");
		text.buf[i] = kept;
	}
	/* a line left out */
	put_file("state/ledger", strchr(text.buf, '\n') + 1);
	assert_refused(receive(w, "n1", false, &receipt, &err), err, ERR_FORMAT, "line 1");
}

static void test_one_at_a_time(void **state)
{
	AUTO_EXCHANGE_LEDGER struct exchange_ledger *one = NULL;
	AUTO_EXCHANGE_LEDGER struct exchange_ledger *two = NULL;
	struct err err = {0};

	(void)state;
	assert_done(exchange_ledger_open(&one, "ledger", &err), err);
	assert_refused(exchange_ledger_open(&two, "ledger", &err), err, ERR_USAGE, "another run");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_way, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_purge, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_rejects, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_leftovers, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_ledger, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_one_at_a_time, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
