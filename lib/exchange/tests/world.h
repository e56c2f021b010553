/* A folder of its own, actors with fixed keys, and projects, for the tests here. */
#ifndef EXCHANGE_TESTS_WORLD_H
#define EXCHANGE_TESTS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/envelope.h"
#include "exchange/row.h"
#include "io/file.h"

#include <stdio.h>
#include <unistd.h>

enum actor { NANTES,
	BREST,
	QUIMPER,
	CHU,
	INSEE,
	CNAM_1,
	CNAM_2,
	ACTORS };

struct world {
	char path[64];
	struct exchange_key *key[ACTORS];
	struct exchange_directory directory;
	struct exchange_project multi; /* nantes and brest: nir */
	struct exchange_project mixed; /* nantes: nir; brest, quimper: traits */
};

#define WORLD_END "\"controller\": \"chu\", \"custodians\": [\"cnam-1\", \"cnam-2\"]}"
#define MULTI                                                                 \
	"{\"project\": \"avc\", \"circuit\": \"multi-centre\", \"centres\": " \
	"[{\"name\": \"nantes\"}, {\"name\": \"brest\"}], " WORLD_END
#define MIXED                                                                                  \
	"{\"project\": \"avc\", \"circuit\": \"multi-centre-reconstruction\", \"centres\": "   \
	"[{\"name\": \"nantes\", \"deposits\": \"nir\"}, {\"name\": \"brest\", \"deposits\": " \
	"\"traits\"}, {\"name\": \"quimper\", \"deposits\": \"traits\"}], \"identity\": "      \
	"\"insee\", " WORLD_END

static inline void put_file(const char *path, const char *text)
{
	struct err err = {0};

	assert_int_equal(file_write(path, VIEW(text), &err), 0);
}

/* A success, or the message that says why not. */
#define assert_done(rc, err)                                        \
	do {                                                        \
		int rc_ = (rc);                                     \
		if (rc_ < 0)                                        \
			fail_msg("%s (%s)", (err).msg, (err).hint); \
	} while (0)

/* A failure of that code whose message holds `part`. */
#define assert_refused(rc, error, wanted, part)                                  \
	do {                                                                     \
		assert_int_equal((rc), -1);                                      \
		if ((error).code != (wanted) || !strstr((error).msg, (part)))    \
			fail_msg("code %d: %s", (int)(error).code, (error).msg); \
		(error) = (struct err){0};                                       \
	} while (0)

static inline void read_project(struct exchange_project *ret, const char *text)
{
	struct err err = {0};

	put_file("project.json", text);
	assert_done(exchange_project_read(ret, "project.json", &err), err);
}

static inline int world_make(void **state)
{
	static const char *const names[ACTORS] = {
	    "nantes", "brest", "quimper", "chu", "insee", "cnam-1", "cnam-2"};
	static const enum exchange_role roles[ACTORS] = {EXCHANGE_CENTRE, EXCHANGE_CENTRE,
	    EXCHANGE_CENTRE, EXCHANGE_CONTROLLER, EXCHANGE_IDENTITY, EXCHANGE_CUSTODIAN,
	    EXCHANGE_CUSTODIAN};
	struct world *w = mem_zalloc(1, sizeof(*w));
	struct err err = {0};

	snprintf(w->path, sizeof(w->path), "/tmp/hygie-exchange-XXXXXX");
	if (!mkdtemp(w->path) || chdir(w->path) != 0)
		return -1;
	for (int i = 0; i < ACTORS; i++) {
		unsigned char seed[EXCHANGE_KEY_SEED_BYTES];

		memset(seed, i + 1, sizeof(seed));
		assert_done(exchange_key_from_seed(&w->key[i], names[i], roles[i], seed, &err),
		    err);
		*vec_push(&w->directory.cards) = w->key[i]->card;
	}
	read_project(&w->multi, MULTI);
	read_project(&w->mixed, MIXED);
	*state = w;
	return 0;
}

static inline int world_remove(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int rc = chdir("/") < 0 || path_remove(w->path, &err) < 0 ? -1 : 0;

	for (int i = 0; i < ACTORS; i++)
		exchange_key_close(&w->key[i]);
	exchange_directory_clear(&w->directory);
	exchange_project_clear(&w->multi);
	exchange_project_clear(&w->mixed);
	free(w);
	return rc;
}

/* A NIR row: fields as text, "" for none. */
static inline void nir_row(unsigned char *row, const char *idacc, const char *own,
    const char *insured, const char *twin)
{
	memset(row, 0, EXCHANGE_ROW_MAX);
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_IDACC, VIEW(idacc));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_OWN, VIEW(own));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_INSURED, VIEW(insured));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_BIRTH_DATE, VIEW("19550814"));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_SEX, VIEW("2"));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_TWIN, VIEW(twin));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_OWN_CLASS, VIEW(own[0] ? "v" : ""));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_INSURED_CLASS, VIEW(insured[0] ? "v" : ""));
}

/* `count` NIR rows, numbered, sealed by nantes to cnam-1 in `project`. */
static inline void seal_rows(const struct world *w, const char *path,
    const struct exchange_project *project, uint64_t count)
{
	struct exchange_writer *writer = NULL;
	unsigned char row[EXCHANGE_ROW_MAX];
	struct err err = {0};

	assert_done(exchange_writer_open(&writer, path, project, EXCHANGE_NIR, "nantes",
			w->key[NANTES], &w->directory, &err),
	    err);
	for (uint64_t i = 0; i < count; i++) {
		char idacc[32];

		snprintf(idacc, sizeof(idacc), "n%llu", (unsigned long long)i);
		nir_row(row, idacc, "2550814168025", "", "");
		assert_done(exchange_writer_put(writer, row, &err), err);
	}
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
}

#endif
