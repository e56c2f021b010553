/*
 * The audit log under load: writers that each wait until their record is on
 * disk, committed in groups. On SQLite, and on PostgreSQL where tests/postgres
 * can start one. Promised: 20,000 records a second (issue "Portal"); published
 * for Tessera (RFC 6962, POSIX, 12 cores): about 2,900 writes a second.
 *
 * HYGIE_BENCH_WRITERS (256) and HYGIE_BENCH_RECORDS (a writer, 500) may be set.
 */
#include "measure.h"
#include "postgres.h"

#include "store/audit_verify.h"

#include <pthread.h>
#include <sys/stat.h>

static const char *const modules[] = {"store", NULL};
static struct audit audit = {.origin = "bench/audit"};
static const double PROMISED = 20000;

struct writers {
	struct store *store;
	int64_t records;
};

static int act(struct store_tx *tx, void *arg, struct err *err)
{
	const struct audit_event e = {
	    .at = 1763000000000000,
	    .actor = *(int64_t *)arg,
	    .role = "officer",
	    .session = "0123456789abcdef",
	    .address = VIEW_LIT("192.0.2.1"),
	    .action = "desk.transmit",
	    .object = VIEW_LIT("application/2026-00012"),
	    .decision = "done",
	};

	return audit_add(tx, &e, err);
}

static void *write_all(void *arg)
{
	const struct writers *w = arg;

	for (int64_t i = 0; i < w->records; i++) {
		struct err err = {0};

		if (store_write(w->store, act, &i, &err) < 0) {
			fprintf(stderr, "bench: %s\n", err.msg);
			exit(1);
		}
	}
	return NULL;
}

static double cpu_seconds(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

static int run(const char *name, const char *place, int64_t count, int64_t each)
{
	AUTO_STORE struct store *s = NULL;
	AUTO_AUDIT_VERDICT struct audit_verdict verdict = {0};
	pthread_t *threads = mem_zalloc((size_t)count, sizeof(*threads));
	struct err err = {0};
	struct writers w = {.records = each};
	const char *const nowhere[] = {NULL};
	int64_t start;
	double cpu, wall;

	if (store_open(&s, place, 1, &err) < 0 || store_migrate(s, modules, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		free(threads);
		return 1;
	}
	store_set_seal(s, audit_seal, &audit);
	w.store = s;
	start = time_now_ns();
	cpu = cpu_seconds();
	for (int64_t i = 0; i < count; i++)
		if (pthread_create(&threads[i], NULL, write_all, &w) != 0)
			abort();
	for (int64_t i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	wall = (double)(time_now_ns() - start) / 1e9;
	cpu = cpu_seconds() - cpu;
	free(threads);
	printf("%-12s %8.0f records/s  %6.1f us CPU a record  ratio to the promise %.2f\n", name,
	    (double)(count * each) / wall, cpu / (double)(count * each) * 1e6,
	    (double)(count * each) / wall / PROMISED);
	return audit_verify(&verdict, s, &audit, nowhere, &err) < 0 || verdict.faults.len > 0 ||
	       verdict.records != (uint64_t)(count * each);
}

int main(void)
{
	int64_t count = setting("HYGIE_BENCH_WRITERS", 256);
	int64_t each = setting("HYGIE_BENCH_RECORDS", 500);
	char folder[] = "/tmp/hygie-bench-XXXXXX", url[256];
	AUTO_FREE char *file = NULL, *server = NULL;
	struct err err = {0};
	int failed;

	if (sodium_init() < 0 || !mkdtemp(folder) || chmod(folder, 0711) != 0)
		return 1;
	crypto_sign_keypair(audit.key.public_key, audit.key.secret_key);
	file = str_format("%s/hub.db", folder);
	server = str_format("%s/pg", folder);
	printf("audit log: %lld writers, %lld records each, every one on disk when it returns\n",
	    (long long)count, (long long)each);
	failed = run("SQLite", file, count, each);
	if (postgres_start(server, url, sizeof(url))) {
		failed += run("PostgreSQL", url, count, each);
		postgres_stop(server);
	} else {
		printf("no PostgreSQL server on this machine\n");
	}
	return path_remove(folder, &err) < 0 || failed;
}
