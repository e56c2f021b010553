#include "store/pool.h"

void store_pool_init(struct store_pool *p, const struct store_driver *driver, const char *where,
    int max, store_begin *begin)
{
	*p = (struct store_pool){
	    .driver = driver, .begin = begin, .where = where, .max = max};
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->back, NULL);
}

void store_pool_clear(struct store_pool *p)
{
	for (size_t i = 0; i < p->idle.len; i++)
		p->driver->close(p->idle.ptr[i]);
	vec_clear(&p->idle);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->back);
}

/* ret_waited: it was opened earlier. */
static struct store_link *take(struct store_pool *p, bool *ret_waited,
    struct err *err)
{
	struct store_link *link = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->idle.len == 0 && p->out == p->max)
		pthread_cond_wait(&p->back, &p->lock);
	if (p->idle.len > 0)
		link = p->idle.ptr[--p->idle.len];
	p->out++;
	pthread_mutex_unlock(&p->lock);
	*ret_waited = link;
	if (link || p->driver->open(&link, p->where, err) == 0)
		return link;
	store_pool_give(p, NULL);
	return NULL;
}

struct store_link *store_pool_begin(struct store_pool *p, struct err *err)
{
	for (;;) {
		bool waited = false;
		struct store_link *link = take(p, &waited, err);

		if (!link || p->begin(link, err) == 0)
			return link;
		link->broken = true;
		store_pool_give(p, link);
		if (!waited)
			return NULL;
	}
}

void store_pool_give(struct store_pool *p, struct store_link *link)
{
	if (link && link->broken)
		p->driver->close(TAKE(link));
	pthread_mutex_lock(&p->lock);
	p->out--;
	if (link)
		*vec_push(&p->idle) = link;
	pthread_cond_signal(&p->back);
	pthread_mutex_unlock(&p->lock);
}
