#include "account/gate.h"

#include "base/threads.h"

#include <pthread.h>

struct password_gate {
	pthread_mutex_t lock;
	pthread_cond_t left;
	int width, running, waiting;
	int64_t served;
};

struct password_gate *password_gate_new(int width)
{
	struct password_gate *g = mem_zalloc(1, sizeof(*g));

	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->left, NULL);
	g->width = width > 0 ? width : MIN(threads_default(), PASSWORD_AT_ONCE);
	return g;
}

void password_gate_free(struct password_gate **g)
{
	struct password_gate *gone = TAKE(*g);

	if (!gone)
		return;
	pthread_cond_destroy(&gone->left);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}

int password_gate_enter(struct password_gate *g, struct err *err)
{
	bool full;

	pthread_mutex_lock(&g->lock);
	full = g->running + g->waiting >= MAX(g->width, PASSWORD_INSIDE);
	if (!full) {
		g->waiting++;
		while (g->running == g->width)
			pthread_cond_wait(&g->left, &g->lock);
		g->waiting--;
		g->running++;
		g->served++;
	}
	pthread_mutex_unlock(&g->lock);
	if (!full)
		return 0;
	(void)err_set(err, ERR_IO, "too many people sign in at this moment");
	return err_hint(err, "try again in a few seconds");
}

void password_gate_leave(struct password_gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->running--;
	pthread_cond_signal(&g->left);
	pthread_mutex_unlock(&g->lock);
}

int password_gate_waiting(struct password_gate *g)
{
	int n;

	pthread_mutex_lock(&g->lock);
	n = g->waiting;
	pthread_mutex_unlock(&g->lock);
	return n;
}

int64_t password_gate_served(struct password_gate *g)
{
	int64_t n;

	pthread_mutex_lock(&g->lock);
	n = g->served;
	pthread_mutex_unlock(&g->lock);
	return n;
}
