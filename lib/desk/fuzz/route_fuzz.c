/* Any file as a route: refused with ERR_FORMAT, or a route whose clocks can be counted. */
#include "desk/play.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct desk_law *law;

/* A fresh one now and then: what was read stays in it. */
static void need_law(void)
{
	static int runs;
	struct err err = {0};

	if (law && ++runs % 200)
		return;
	desk_law_free(&law);
	if (desk_law_new(&law, &err) < 0)
		abort();
}

/* Every step that is open from the first state is tried once. */
static void walk(const struct desk_route *r)
{
	struct desk_event e = desk_play_created(r, 1, 1700000000000000);
	struct desk_application a, next;
	struct err err = {0};

	if (desk_begin(&a, law, &e, &err) < 0)
		abort();
	json_decref(e.data);
	for (size_t i = 0; i < r->step_count; i++) {
		next = a;
		if (desk_play(&next, r->steps[i].command, "", 1, 1700000000000000, &e, &err) < 0) {
			if (err.code != ERR_DENIED)
				abort();
			continue;
		}
		json_decref(e.data);
		next = desk_at(&next, next.day + 4000);
		if (next.state < 0 || (size_t)next.state >= r->state_count)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	size_t before;

	need_law();
	before = desk_law_count(law);
	if (desk_law_add(law, "fuzz", (struct view){(const char *)data, size}, &err) < 0) {
		if (err.code != ERR_FORMAT && err.code != ERR_LIMIT && err.code != ERR_USAGE)
			abort();
		return 0;
	}
	for (size_t i = 0; i < desk_law_count(law) && desk_law_count(law) > before; i++)
		walk(desk_law_route(law, i));
	return 0;
}
