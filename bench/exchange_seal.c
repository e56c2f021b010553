/*
 * The envelope: bytes a second of sealing, verifying and opening, and beside it in the same
 * run `age` (X25519, ChaCha20-Poly1305, Debian's package) on as many bytes. An envelope is also
 * hashed and signed, an age file is not; so the envelope does more.
 *
 * Then the commands, as a centre and two custodians run them on 10 million rows: rows a second
 * and peak memory, which must stay within 256 MB.
 *
 * Rates are of CPU time (user and system), so that a busy machine changes them little.
 * HYGIE_BENCH_ROWS (10000000) and HYGIE_BENCH_MB (1024) may be set.
 */
#include "base/progress.h"
#include "exchange/envelope.h"
#include "exchange/row.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char folder[] = "build/bench/exchange";
static const double MB = 1e6, MEMORY_MAX_MB = 256;

struct usage {
	double cpu, wall, peak_mb;
	int status;
};

static struct exchange_key *centre, *custodian;
static struct exchange_directory directory;
static struct exchange_project project = {.name = "bench",
    .circuit = EXCHANGE_RECONSTRUCTION,
    .controller = "chu",
    .identity = "insee",
    .custodians = {"cnam-1", "cnam-2"}};

static int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n > 0 ? n : fallback;
}

static double cpu_now(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

static int make_world(struct err *err)
{
	unsigned char seed[EXCHANGE_KEY_SEED_BYTES] = {1};

	if (exchange_key_from_seed(&centre, "nantes", EXCHANGE_CENTRE, seed, err) < 0 ||
	    exchange_key_from_seed(&custodian, "insee", EXCHANGE_IDENTITY, seed, err) < 0)
		return -1;
	*vec_push(&directory.cards) = centre->card;
	*vec_push(&directory.cards) = custodian->card;
	*vec_push(&project.centres) = (struct exchange_centre){"nantes", EXCHANGE_TRAITS};
	return 0;
}

static int seal(const char *path, uint64_t bytes, struct err *err)
{
	AUTO_EXCHANGE_WRITER struct exchange_writer *w = NULL;
	unsigned char row[EXCHANGE_ROW_MAX] = "row";
	size_t size = exchange_row_size(EXCHANGE_TRAITS);

	if (exchange_writer_open(&w, path, &project, EXCHANGE_TRAITS, "nantes", centre, &directory,
		err) < 0)
		return -1;
	for (uint64_t done = 0; done < bytes; done += size)
		if (exchange_writer_put(w, row, err) < 0)
			return -1;
	return exchange_writer_close(&w, NULL, err);
}

/* `unseal` false: what the exchange does, which has no key. */
static int read_back(const char *path, bool unseal, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	const unsigned char *row;
	int rc = 1;

	if (exchange_envelope_open(&e, path, &project, &directory, err) < 0 ||
	    (unseal && exchange_envelope_unseal(e, custodian, err) < 0))
		return -1;
	while (unseal && rc > 0)
		rc = exchange_envelope_next(e, &row, err);
	return MIN(rc, 0);
}

static void rate(const char *what, uint64_t bytes, double cpu)
{
	printf("%-36s %8.0f MB/s a core\n", what, (double)bytes / MB / cpu);
	fflush(stdout);
}

static struct usage run(const char *const *argv, const char *out)
{
	int64_t start = time_now_ns();
	struct usage u = {0};
	struct rusage r;
	pid_t child = fork();

	if (child == 0) {
		int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

		int log = open("log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

		if (fd < 0 || log < 0 || dup2(fd, 1) < 0 || dup2(log, 2) < 0)
			_exit(126);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	wait4(child, &u.status, 0, &r);
	u.wall = (double)(time_now_ns() - start) / 1e9;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	u.peak_mb = (double)r.ru_maxrss * 1024 / MB;
	return u;
}

#define RUN(out, ...) run((const char *const[]){__VA_ARGS__, NULL}, out)

/* The recipient's line of an age identity file. */
static bool age_recipient(const char *identity, char *ret, size_t size)
{
	AUTO_STR struct str text = {0};
	struct err err;
	const char *at;

	if (file_read(identity, 4096, &text, &err) < 0)
		return false;
	at = strstr(str_get(&text), "age1");
	if (!at)
		return false;
	snprintf(ret, size, "%.*s", (int)strcspn(at, "\n"), at);
	return true;
}

static void peer(const char *plain, uint64_t bytes, double seal_cpu, double open_cpu)
{
	char to[128];
	struct usage seal_age, open_age;

	unlink("age.key");
	if (RUN("/dev/null", "age-keygen", "-o", "age.key").status != 0 ||
	    !age_recipient("age.key", to, sizeof(to))) {
		printf("age is not installed: no peer\n");
		return;
	}
	seal_age = RUN("age.out", "age", "-r", to, plain);
	open_age = RUN("/dev/null", "age", "-d", "-i", "age.key", "age.out");
	rate("age, sealing", bytes, seal_age.cpu);
	rate("age, opening", bytes, open_age.cpu);
	printf("sealing takes %.2f of age's time, opening %.2f\n", seal_cpu / seal_age.cpu,
	    open_cpu / open_age.cpu);
}

static int make_plain(const char *path, uint64_t bytes, struct err *err)
{
	static char block[1 << 20];
	FILE *out = fopen(path, "we");

	if (!out)
		return file_write_error(path, errno, err);
	for (uint64_t done = 0; done < bytes; done += sizeof(block))
		fwrite(block, 1, sizeof(block), out);
	return fclose(out) == 0 ? 0 : file_write_error(path, errno, err);
}

static int envelopes(uint64_t bytes, struct err *err)
{
	double start = cpu_now();
	double sealed, verified, opened;

	if (seal("envelope", bytes, err) < 0)
		return -1;
	sealed = cpu_now() - start;
	rate("sealing", bytes, sealed);
	start = cpu_now();
	if (read_back("envelope", false, err) < 0)
		return -1;
	verified = cpu_now() - start;
	rate("verifying without a key", bytes, verified);
	start = cpu_now();
	if (read_back("envelope", true, err) < 0)
		return -1;
	opened = cpu_now() - start;
	rate("verifying and opening", bytes, opened);
	if (make_plain("plain", bytes, err) < 0)
		return -1;
	peer("plain", bytes, sealed, opened);
	return 0;
}

static int make_csv(const char *path, int64_t rows, struct err *err)
{
	FILE *out = fopen(path, "we");

	if (!out)
		return file_write_error(path, errno, err);
	fprintf(out, "idacc,nir,nir_insured,birth_date,sex\n");
	for (int64_t i = 0; i < rows; i++) {
		long long nir = 1500101001001 + i % 30 * 10000000000 + i / 30 % 99000;

		/* every other row has no own number: the worst case of the second custodian */
		if (i % 2)
			fprintf(out, "s%08llx,%lld,%lld,19500101,1\n",
			    (unsigned long long)(i * 2654435761 % 4294967291), nir, nir);
		else
			fprintf(out, "s%08llx,,%lld,19500101,1\n",
			    (unsigned long long)(i * 2654435761 % 4294967291), nir);
	}
	return fclose(out) == 0 ? 0 : file_write_error(path, errno, err);
}

static int told(const char *what, struct usage u, int64_t rows)
{
	printf("%-36s %8.2f M rows/s of CPU, %.1f s wall, peak %.0f MB%s\n", what,
	    (double)rows / u.cpu / 1e6, u.wall, u.peak_mb,
	    u.status ? ", FAILED" : u.peak_mb > MEMORY_MAX_MB ? ", more than 256"
							      : "");
	fflush(stdout);
	return u.status ? -1 : 0;
}

static int make_actors(const char *hygie, struct err *err)
{
	static const char *const actors[][2] = {{"nantes", "centre"}, {"chu", "controller"},
	    {"cnam-1", "custodian"}, {"cnam-2", "custodian"}};

	if (file_write("project.json",
		VIEW_LIT("{\"project\": \"b\", \"circuit\": \"single-centre\", "
			 "\"controller\": \"chu\", \"custodians\": [\"cnam-1\", \"cnam-2\"], "
			 "\"centres\": "
			 "[{\"name\": \"nantes\"}]}"),
		err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(actors); i++) {
		AUTO_FREE char *card = str_format("%s/card.json", actors[i][0]);
		AUTO_STR struct str fingerprint = {0};

		if (RUN("fingerprint", hygie, "exchange", "keygen", actors[i][0], "--name",
			actors[i][0], "--role", actors[i][1])
			.status ||
		    file_read("fingerprint", 100, &fingerprint, err) < 0)
			return err_set(err, ERR_INTERNAL, "keygen failed");
		fingerprint.buf[strcspn(fingerprint.buf, "\n")] = '\0';
		if (RUN("/dev/null", hygie, "exchange", "pin", card, "--directory", "directory",
			"--fingerprint", fingerprint.buf)
			.status)
			return err_set(err, ERR_INTERNAL, "pin failed");
	}
	return 0;
}

#define WITH(key) "--key", key, "--directory", "directory", "--project", "project.json", "--quiet"

static int commands(const char *hygie, int64_t rows, struct err *err)
{
	if (make_actors(hygie, err) < 0 || make_csv("people.csv", rows, err) < 0)
		return -1;
	if (told("exchange seal",
		RUN("/dev/null", hygie, "exchange", "seal", WITH("nantes"), "--out", "deposit",
		    "--allow-one-value", "people.csv"),
		rows) < 0 ||
	    told("exchange pseudonymise, first",
		RUN("/dev/null", hygie, "exchange", "pseudonymise", WITH("cnam-1"), "--out", "1",
		    "deposit"),
		rows) < 0 ||
	    told("exchange pseudonymise, second",
		RUN("/dev/null", hygie, "exchange", "pseudonymise", WITH("cnam-2"), "--out", "2",
		    "1/b-tokens-nantes.envelope"),
		rows) < 0 ||
	    told("exchange open",
		RUN("/dev/null", hygie, "exchange", "open", WITH("chu"), "--out", "result.csv",
		    "2/b-result-chu.envelope"),
		rows) < 0)
		return err_set(err, ERR_INTERNAL, "a command failed");
	return 0;
}

int main(void)
{
	const char *name = getenv("HYGIE") ? getenv("HYGIE") : "build/hygie";
	AUTO_FREE char *hygie = realpath(name, NULL);
	int64_t rows = setting("HYGIE_BENCH_ROWS", 10000000);
	uint64_t bytes = (uint64_t)setting("HYGIE_BENCH_MB", 1024) * 1000000;
	struct err err = {0};
	int rc;

	if (!hygie || path_remove(folder, &err) < 0 || path_make_folder(folder, &err) < 0 ||
	    chdir(folder) != 0 || make_world(&err) < 0) {
		fprintf(stderr, "bench: no %s, or no folder %s: %s\n", name, folder, err.msg);
		return 1;
	}
	printf("exchange: %.0f MB of rows; %lld rows\n", (double)bytes / MB, (long long)rows);
	rc = envelopes(bytes, &err) < 0 || commands(hygie, rows, &err) < 0;
	if (rc)
		fprintf(stderr, "bench: %s\n", err.msg);
	exchange_key_close(&centre);
	exchange_key_close(&custodian);
	exchange_directory_clear(&directory);
	exchange_project_clear(&project);
	if (chdir("/") != 0)
		rc = 1;
	return rc;
}
