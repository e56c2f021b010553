#include "shared/register.h"

#include "base/cancel.h"
#include "base/clock.h"

enum { BATCH = 500 };

struct register_author register_hub_author(void)
{
	return (struct register_author){.at = clock_now_us(), .role = "hub"};
}

static int read_batch(const struct register_rows *rows, size_t from, json_t *batch,
    struct err *err)
{
	for (size_t n = from; n < rows->count && n < from + BATCH; n++) {
		json_t *sheet = NULL;

		if (rows->sheet(rows->ctx, n, &sheet, err) < 0)
			return -1;
		json_array_append_new(batch, sheet);
	}
	return cancel_check(err);
}

int register_write_all(struct store *s, const struct register_rows *rows, bool dry,
    size_t counts[REGISTER_OUTCOMES], struct err *err)
{
	for (size_t from = 0; from < rows->count; from += BATCH) {
		AUTO_JSON json_t *batch = json_array();
		struct register_publication p = {
		    .patches = batch, .author = register_hub_author(), .dry = dry};

		if (read_batch(rows, from, batch, err) < 0 ||
		    register_publish_all(s, &p, err) < 0)
			return -1;
		for (int o = 0; o < REGISTER_OUTCOMES; o++)
			counts[o] += p.counts[o];
	}
	return 0;
}

static int array_sheet(void *ctx, size_t n, json_t **ret, struct err *err)
{
	(void)err;
	*ret = json_incref(json_array_get(ctx, n));
	return 0;
}

struct register_rows register_array_rows(const json_t *sheets)
{
	return (struct register_rows){
	    json_array_size(sheets), array_sheet, (json_t *)(uintptr_t)sheets, ""};
}
