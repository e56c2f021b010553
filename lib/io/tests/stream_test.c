/* What gzip(1) and zstd(1) wrote comes back, cut or damaged files are told, bombs stop. */
#include "io/stream.h"

#include "base/rng.h"
#include "base/str.h"
#include "io/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { BYTES = 700000 };

/* The exit status of a line of shell: gzip(1) and zstd(1) are the oracles. */
static int shell(const char *line)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", line, (char *)NULL);
		_exit(127);
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

static void fill(struct str *text)
{
	struct rng r = rng_at(3, 0, 0);

	str_reset(text);
	while (text->len < BYTES)
		str_addf(text, "%u;line\n", rng_below(&r, 100000));
}

/* All of it, by pieces of `size`; -1 when a piece failed. */
static int read_all(const char *path, size_t size, struct stream_limits limits, struct str *ret,
    struct err *err)
{
	AUTO_STREAM struct stream *s = NULL;
	AUTO_FREE char *piece = mem_alloc(size);
	size_t n = size;
	int rc = stream_open(&s, path, limits, err);

	str_reset(ret);
	while (rc == 0 && n == size) {
		rc = stream_read(s, (unsigned char *)piece, size, &n, err);
		str_add(ret, (struct view){piece, n});
	}
	return rc;
}

static void assert_reads(const char *path, const struct str *expected)
{
	static const size_t sizes[] = {1 << 20, 65536, 777};
	AUTO_STR struct str got = {0};
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		assert_int_equal(read_all(path, sizes[i], (struct stream_limits){0}, &got, &err),
		    0);
		assert_true(view_eq(str_view(&got), str_view(expected)));
	}
}

static void every_format_comes_back(void **state)
{
	AUTO_STR struct str text = {0};
	AUTO_STR struct str twice = {0};
	struct err err = {0};

	(void)state;
	fill(&text);
	assert_int_equal(file_write("a", str_view(&text), &err), 0);
	assert_reads("a", &text);
	assert_int_equal(shell("gzip -k a"), 0);
	assert_reads("a.gz", &text);
	if (shell("zstd -q a 2>/dev/null") == 0)
		assert_reads("a.zst", &text);
	else
		print_message("SKIPPED: zstd is not installed\n");
	assert_int_equal(shell("cat a.gz a.gz >twice.gz"), 0);
	str_add(&twice, str_view(&text));
	str_add(&twice, str_view(&text));
	assert_reads("twice.gz", &twice);
}

static void an_empty_file_is_empty(void **state)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(file_write("empty", VIEW_LIT(""), &err), 0);
	assert_reads("empty", &text);
	assert_int_equal(shell("gzip -k empty"), 0);
	assert_reads("empty.gz", &text);
}

static void a_cut_file_gives_what_it_has_then_fails(void **state)
{
	AUTO_STR struct str got = {0};
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	fill(&text);
	assert_int_equal(shell("head -c 50000 a.gz >cut.gz"), 0);
	assert_int_equal(read_all("cut.gz", 4096, (struct stream_limits){0}, &got, &err), 0);
	assert_true(got.len > 4096 && got.len < text.len);
	assert_memory_equal(got.buf, text.buf, got.len);
}

/* The failure comes with the piece behind the last good one. */
static void faults_are_told(void **state)
{
	static const char *const make[] = {
	    "head -c 50000 a.gz >bad",
	    "{ head -c 30000 a.gz; printf xxxxxxxx; tail -c +30009 a.gz; } >bad",
	    "{ cat a.gz; printf trailing; } >bad",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(make); i++) {
		AUTO_STREAM struct stream *s = NULL;
		unsigned char piece[4096];
		size_t n = 1;
		struct err err = {0};
		int rc = 0;

		assert_int_equal(shell(make[i]), 0);
		assert_int_equal(stream_open(&s, "bad", (struct stream_limits){0}, &err), 0);
		while (rc == 0 && n > 0)
			rc = stream_read(s, piece, sizeof(piece), &n, &err);
		assert_int_equal(rc, -1);
		assert_int_equal(err.code, ERR_FORMAT);
	}
}

static void a_bomb_stops(void **state)
{
	AUTO_STR struct str got = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(shell("head -c 100000000 /dev/zero | gzip -9 >bomb.gz"), 0);
	assert_int_equal(
	    read_all("bomb.gz", 1 << 20, (struct stream_limits){.ratio = 100}, &got, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(got.len < 70 << 20);
	assert_int_equal(
	    read_all("bomb.gz", 1 << 20, (struct stream_limits){.bytes = 1000}, &got, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

static void a_missing_file_is_told(void **state)
{
	struct stream *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(stream_open(&s, "none", (struct stream_limits){0}, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(stream_open(&s, ".", (struct stream_limits){0}, &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_format_comes_back),
	    cmocka_unit_test(an_empty_file_is_empty),
	    cmocka_unit_test(a_cut_file_gives_what_it_has_then_fails),
	    cmocka_unit_test(faults_are_told),
	    cmocka_unit_test(a_bomb_stops),
	    cmocka_unit_test(a_missing_file_is_told),
	};
	char folder[] = "/tmp/hygie-stream-XXXXXX";
	struct err err = {0};
	int failed;

	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (chdir("/") != 0 || path_remove(folder, &err) < 0)
		return 1;
	return failed;
}
