/*
 * People for the benchmarks of linkage, and programs that are measured: about
 * 8 records a person, with errors; the same bytes every time.
 */
#ifndef BENCH_LINK_PEOPLE_H
#define BENCH_LINK_PEOPLE_H

#include "base/progress.h"
#include "base/rng.h"
#include "io/file.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const double GIB = 1024.0 * 1024 * 1024;

struct usage {
	double wall, cpu, peak_gib;
	int status;
};

static inline int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n >= 0 ? n : fallback;
}

/* A name of syllables; low numbers are frequent and short. */
static inline void name_of(uint32_t number, uint32_t stream, char *ret)
{
	static const char *const syllables[] = {"ba", "ber", "chan", "du", "el", "fa", "gui", "he",
	    "jo", "ka", "lan", "le", "ma", "mar", "ni", "no", "pe", "ri", "ro", "sa", "so", "tan",
	    "ti", "val", "ve", "vin", "xa", "yo", "zé", "tier", "mont", "net"};
	struct rng r = rng_at(7, stream, number);
	int count = 2 + (number > 40) + (number > 2000 && rng_chance(&r, 0.4));
	size_t at = 0;

	for (int i = 0; i < count; i++) {
		const char *s = syllables[rng_below(&r, ARRAY_LEN(syllables))];

		memcpy(ret + at, s, strlen(s));
		at += strlen(s);
	}
	ret[at] = 0;
}

/* Zipf-like rank below n. */
static inline uint32_t rank_of(struct rng *r, double n)
{
	double u = rng_unit(r);

	return (uint32_t)(n * u * u * u);
}

static inline void spoil(struct rng *r, char *text)
{
	size_t n = strlen(text);
	size_t at = n ? rng_below(r, (uint32_t)n) : 0;

	if (n < 3 || (text[at] & 0x80) || (text[(at + 1) % n] & 0x80))
		return;
	if (rng_chance(r, 0.5)) {
		text[at] = (char)('a' + rng_below(r, 26));
	} else if (at + 1 < n) {
		char c = text[at];

		text[at] = text[at + 1];
		text[at + 1] = c;
	}
}

struct person {
	char given[64], surname[64], place[64], job[64];
	int year, month, day;
	bool woman;
};

static inline struct person person_of(uint64_t number)
{
	struct rng r = rng_at(7, 1, number);
	struct person p = {.year = rng_range(&r, 1920, 2019),
	    .month = rng_range(&r, 1, 12),
	    .day = rng_range(&r, 1, 28),
	    .woman = rng_chance(&r, 0.5)};

	name_of(rank_of(&r, 20000), 2, p.given);
	name_of(rank_of(&r, 200000), 3, p.surname);
	name_of(rank_of(&r, 30000), 4, p.place);
	name_of(rank_of(&r, 400), 5, p.job);
	return p;
}

static inline void add_record(struct str *out, uint64_t id, uint64_t person)
{
	struct rng r = rng_at(7, 6, id);
	struct person p = person_of(person);

	if (rng_chance(&r, 0.15))
		spoil(&r, p.given);
	if (rng_chance(&r, 0.12))
		spoil(&r, p.surname);
	if (rng_chance(&r, 0.04))
		p.day = rng_range(&r, 1, 28);
	if (rng_chance(&r, 0.10))
		p.place[0] = 0;
	if (rng_chance(&r, 0.20))
		name_of(rank_of(&r, 400), 5, p.job);
	str_addf(out, "%llu,%s,%s,%04d-%02d-%02d,%s,%s,%s\n", (unsigned long long)id, p.given,
	    p.surname, p.year, p.month, p.day, p.woman ? "F" : "M", p.place, p.job);
}

static const char PEOPLE_HEADER[] =
    "unique_id,first_name,surname,dob,sex,birth_place,occupation\n";

static inline struct usage finish(pid_t child, int64_t start_ns)
{
	struct usage u = {0};
	struct rusage r;

	wait4(child, &u.status, 0, &r);
	u.wall = (double)(time_now_ns() - start_ns) / 1e9;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	u.peak_gib = (double)r.ru_maxrss * 1024 / GIB;
	return u;
}

static inline struct usage run_child(const char *const *argv, const char *out)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		if (!freopen(out, "w", stdout))
			_exit(126);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return finish(child, start);
}

static inline void print(const char *what, struct usage u, int64_t records)
{
	printf("%-24s %9lld records %6.1f s wall %6.1f s cpu %5.2f GiB peak %6.0f records/s\n",
	    what,
	    (long long)records, u.wall, u.cpu, u.peak_gib, (double)records / u.wall);
	fflush(stdout);
}

#endif
