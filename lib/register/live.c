#include "register/live.h"

#include "search/live.h"

static int look(void *ctx, int64_t *ret, struct err *err)
{
	return register_generation(ctx, ret, err);
}

static int build(void *ctx, void **ret, struct err *err)
{
	struct register_index *index = NULL;
	int status = register_index_build(&index, ctx, err);

	*ret = index;
	return status;
}

static int64_t generation_of(const void *index)
{
	return register_index_generation(index);
}

static void *hold(void *index)
{
	return register_index_hold(index);
}

static void release(void *index)
{
	struct register_index *i = index;

	register_index_release(&i);
}

const struct search_live_kind register_live_kind = {look, build, generation_of, hold, release};
