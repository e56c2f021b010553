/*
 * sample_exchange_image IDENTITIES FOLDER... -- COMMAND...
 *
 * Runs COMMAND, stops it again and again (SIGSTOP) and looks through all its
 * readable memory (/proc/PID/mem) for every line of IDENTITIES; then through
 * every file below each FOLDER. Prints "N looks, memory M found, disk D found".
 * Exit status: that of COMMAND, 77 where memory cannot be read.
 */
#include "base/progress.h"
#include "base/vec.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	HEAD = 8, /* bytes of a text that the table is asked for */
	TABLE_BITS = 22,
	BLOCK = 16 << 20,
	LOOKS_MAX = 25,
	FILTER_BITS = 22,
};

static struct {
	struct str text;
	VEC(struct view) lines;
	VEC(uint32_t) next;                      /* of the same slot, 1 + line */
	uint32_t slot[1 << TABLE_BITS];          /* 1 + line */
	uint64_t filter[1 << (FILTER_BITS - 6)]; /* most heads are none of ours */
	uint64_t found;
	char *block;
} search;

static uint64_t head_of(const char *p)
{
	uint64_t head;

	memcpy(&head, p, HEAD);
	return head * 0x9E3779B97F4A7C15u;
}

static uint32_t slot_of(uint64_t head)
{
	return (uint32_t)(head >> (64 - TABLE_BITS));
}

static uint64_t *filter_of(uint64_t head, uint64_t *ret_bit)
{
	uint64_t at = head >> (64 - FILTER_BITS);

	*ret_bit = (uint64_t)1 << (at & 63);
	return &search.filter[at >> 6];
}

static int load(const char *path, struct err *err)
{
	struct view rest, line;

	search.block = mem_alloc(BLOCK);
	if (file_read(path, 256 << 20, &search.text, err) < 0)
		return -1;
	rest = str_view(&search.text);
	while (view_next(&rest, '\n', &line)) {
		uint32_t *slot;
		uint64_t *word;
		uint64_t bit;

		if (line.len < HEAD)
			continue;
		word = filter_of(head_of(line.ptr), &bit);
		*word |= bit;
		slot = &search.slot[slot_of(head_of(line.ptr))];
		*vec_push(&search.lines) = line;
		*vec_push(&search.next) = *slot;
		*slot = (uint32_t)search.lines.len;
	}
	return 0;
}

static void look_through(const char *p, size_t len)
{
	for (size_t i = 0; i + HEAD <= len; i++) {
		uint64_t head = head_of(p + i);
		uint64_t bit;

		if (head == 0 || !(*filter_of(head, &bit) & bit))
			continue;
		for (uint32_t k = search.slot[slot_of(head)]; k; k = search.next.ptr[k - 1]) {
			struct view line = search.lines.ptr[k - 1];

			if (i + line.len <= len && memcmp(p + i, line.ptr, line.len) == 0)
				search.found++;
		}
	}
}

/* A run of bytes block by block; blocks overlap by the longest text. */
static void look_at(int fd, uint64_t begin, uint64_t end)
{
	enum { OVERLAP = 256 };

	while (begin < end) {
		size_t want = (size_t)MIN(end - begin, (uint64_t)BLOCK);
		ssize_t n = pread(fd, search.block, want, (off_t)begin);

		if (n <= 0)
			return;
		look_through(search.block, (size_t)n);
		if ((size_t)n <= OVERLAP || begin + (uint64_t)n >= end)
			return;
		begin += (uint64_t)n - OVERLAP;
	}
}

/* False when the process is gone or may not be read. */
static bool look_at_process(pid_t pid)
{
	AUTO_FREE char *maps_path = str_format("/proc/%d/maps", (int)pid);
	AUTO_FREE char *mem_path = str_format("/proc/%d/mem", (int)pid);
	AUTO_STR struct str maps = {0};
	struct err err;
	struct view rest, line;
	int fd = open(mem_path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (file_read(maps_path, 1 << 20, &maps, &err) < 0 || maps.len == 0) {
		close(fd);
		return false;
	}
	rest = str_view(&maps);
	while (view_next(&rest, '\n', &line)) {
		char *end;
		uint64_t from = strtoull(line.ptr, &end, 16);
		uint64_t to = strtoull(end + 1, &end, 16);

		/* the program's own files hold no data of the run */
		if (end[1] == 'r' && (end[2] == 'w' || memchr(line.ptr, '[', line.len)))
			look_at(fd, from, to);
	}
	close(fd);
	return true;
}

static int look_at_file(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	int fd;

	(void)where;
	if (kind != FTW_F)
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	look_at(fd, 0, (uint64_t)st->st_size);
	close(fd);
	return 0;
}

static void wait_ms(int ms)
{
	struct timespec t = {0, ms * 1000000L};

	nanosleep(&t, NULL);
}

static int watch(pid_t child, int *ret_looks)
{
	int status;

	while (waitpid(child, &status, WNOHANG) == 0) {
		if (*ret_looks < LOOKS_MAX && kill(child, SIGSTOP) == 0 &&
		    waitpid(child, &status, WUNTRACED) == child) {
			if (WIFEXITED(status))
				return status;
			*ret_looks += look_at_process(child);
			kill(child, SIGCONT);
		}
		wait_ms(1 + *ret_looks % 5);
	}
	return status;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	uint64_t in_memory;
	int looks = 0;
	int status;
	int dash = 2;
	int gate[2];
	char go;
	pid_t child;

#ifdef __SANITIZE_ADDRESS__
	puts("SKIPPED: the memory of a sanitized program is terabytes");
	return 77;
#endif
	while (dash < argc && strcmp(argv[dash], "--") != 0)
		dash++;
	if (dash + 1 >= argc || pipe2(gate, O_CLOEXEC) != 0)
		return 2;
	/* before the texts are here: the child is a copy of us until it becomes COMMAND */
	child = fork();
	if (child == 0) {
		if (read(gate[0], &go, 1) == 1)
			execvp(argv[dash + 1], argv + dash + 1);
		_exit(127);
	}
	if (load(argv[1], &err) < 0 || write(gate[1], "g", 1) != 1) {
		fprintf(stderr, "image: %s\n", err.msg);
		kill(child, SIGKILL);
		return 2;
	}
	status = watch(child, &looks);
	in_memory = search.found;
	search.found = 0;
	for (int i = 2; i < dash; i++)
		(void)nftw(
		    argv[i], look_at_file, 16, FTW_PHYS); /* a folder that is not there yet */
	printf("%d looks, memory %llu found, disk %llu found\n", looks,
	    (unsigned long long)in_memory, (unsigned long long)search.found);
	return looks == 0 ? 77 : WIFEXITED(status) ? WEXITSTATUS(status)
	                                           : 1;
}
