/*
 * Any lines as the events of an application: refused, or a history whose every
 * day can be asked for, twice with the same answer.
 */
#include "desk/application.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct desk_law *law;

/* 1: it joined; 0: it could not. */
static int join(struct desk_application *a, bool first, struct view line)
{
	AUTO_JSON json_t *j = NULL;
	struct desk_event e;
	struct err err = {0};

	if (json_parse(&j, "fuzz", line, &err) < 0 || desk_event_parse(&e, j, &err) < 0)
		return 0;
	if ((first ? desk_begin(a, law, &e, &err) : desk_apply(a, &e, &err)) == 0)
		return 1;
	if (err.code != ERR_FORMAT && err.code != ERR_LIMIT)
		abort();
	return 0;
}

static void ask(const struct desk_application *a)
{
	for (date_t day = a->day; day < a->day + 2000; day += 97) {
		struct desk_application once = desk_at(a, day), twice = desk_at(&once, day);

		if (memcmp(&once, &twice, sizeof(once)) != 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view rest = {(const char *)data, size}, line;
	struct desk_application a;
	struct err err = {0};
	bool begun = false;

	if (!law && desk_law_new(&law, &err) < 0)
		abort();
	while (view_next(&rest, '\n', &line))
		begun |= join(&a, !begun, line) == 1;
	if (begun)
		ask(&a);
	return 0;
}
