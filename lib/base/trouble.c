#include "base/trouble.h"

#include <string.h>

void trouble_init(struct trouble *t)
{
	*t = (struct trouble){0};
	pthread_mutex_init(&t->lock, NULL);
}

void trouble_clear(struct trouble *t)
{
	pthread_mutex_destroy(&t->lock);
}

void trouble_set(struct trouble *t, const struct err *err)
{
	pthread_mutex_lock(&t->lock);
	t->now = *err;
	t->rounds = err->code == ERR_NONE ? 0 : t->rounds + 1;
	pthread_mutex_unlock(&t->lock);
}

int trouble_take(struct trouble *t, struct err *ret)
{
	bool is_new;

	pthread_mutex_lock(&t->lock);
	is_new = t->now.code != t->told.code || strcmp(t->now.msg, t->told.msg) != 0;
	if (is_new)
		*ret = t->told = t->now;
	pthread_mutex_unlock(&t->lock);
	return is_new;
}

int64_t trouble_rounds(struct trouble *t)
{
	int64_t n;

	pthread_mutex_lock(&t->lock);
	n = t->rounds;
	pthread_mutex_unlock(&t->lock);
	return n;
}
