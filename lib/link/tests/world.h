/* Small sets of people with errors, made from a seed, as records. */
#ifndef LINK_TESTS_WORLD_H
#define LINK_TESTS_WORLD_H

#include "base/rng.h"
#include "io/file.h"
#include "link/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static inline void add_person(struct str *out, uint64_t seed, uint64_t record, uint64_t people)
{
	static const char *const names[] = {"martin", "bernard", "dubois", "thomas", "robert",
	    "petit", "durand", "leroy", "moreau", "simon", "laurent", "michel", "garcia",
	    "jean pierre", "marie claude de la tour d auvergne", "x", ""};
	struct rng who = rng_at(seed, 1, record % people);
	struct rng slip = rng_at(seed, 2, record);
	const char *given = names[rng_below(&who, ARRAY_LEN(names))];
	const char *surname = names[rng_below(&who, ARRAY_LEN(names))];
	int year = rng_range(&who, 1930, 1990);
	int month = rng_range(&who, 1, 12);
	int day = rng_range(&who, 1, 28);

	if (rng_chance(&slip, 0.1))
		given = names[rng_below(&slip, ARRAY_LEN(names))];
	if (rng_chance(&slip, 0.1))
		day = rng_range(&slip, 1, 28);
	if (rng_chance(&slip, 0.05)) {
		const char *kept = given;

		given = surname;
		surname = kept;
	}
	str_addf(out, "%llu,%s,%s%s,%04d-%02d-%02d,%s,%05u\n", (unsigned long long)record, given,
	    surname, rng_chance(&slip, 0.1) ? "e" : "", year, month, day,
	    rng_chance(&slip, 0.1) ? "" : rng_chance(&who, 0.5) ? "M"
								: "F",
	    10000 + rng_below(&who, 900));
}

/* `count` records of `people` persons, read as one source, or as two halves. */
static inline struct link_records *world(uint64_t seed, size_t count, size_t people, bool two)
{
	char folder[] = "/tmp/hygie-link-XXXXXX";
	static struct link_spec spec; /* names the fields until the next world */
	struct link_records *r = NULL;
	char *paths[2] = {NULL, NULL};
	struct err err = {0};

	link_spec_clear(&spec);
	assert_non_null(mkdtemp(folder));
	for (size_t half = 0; half < 1u + two; half++) {
		AUTO_STR struct str text = {0};

		str_addz(&text, "id,first_name,surname,dob,sex,postcode\n");
		for (uint64_t i = half; i < count; i += 1u + two)
			add_person(&text, seed, i, people);
		paths[half] = str_format("%s/%zu.csv", folder, half);
		assert_int_equal(file_write(paths[half], str_view(&text), &err), 0);
	}
	assert_int_equal(link_guess(&spec, paths[0], &err), 0);
	if (link_records_read(&r, &spec, paths[0], two ? paths[1] : NULL, NULL, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(path_remove(folder, &err), 0);
	free(paths[0]);
	free(paths[1]);
	return r;
}

#endif
