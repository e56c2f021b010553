#include "portal/desk_told.h"

#include "account/invitation.h"

#include <time.h>

enum { HOUR = 3600 };

/*
 * Mail and answers to forgotten passwords, beside the requests: each second;
 * what the desk owes to the calendar: each hour.
 */
struct mailer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
	struct portal *portal;
};

static int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int mailer_run(struct accounts *a, int64_t now, struct err *err)
{
	int sent;

	return account_answer_resets(a, now, err) < 0
	           ? -1
	           : mail_deliver(a->store, &a->mail, now, &sent, err);
}

static bool wait_a_second(struct mailer *m)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&m->lock);
	if (!m->stop)
		pthread_cond_timedwait(&m->wake, &m->lock, &until);
	stop = m->stop;
	pthread_mutex_unlock(&m->lock);
	return !stop;
}

static void *work(void *arg)
{
	struct mailer *m = arg;
	int64_t next = 0;

	while (wait_a_second(m)) {
		struct err err = {0};
		int64_t now = clock_us();

		/* What failed waits in the records and is tried again. */
		if (now >= next) {
			(void)!desk_hourly(m->portal, now, &err);
			next = now + (int64_t)HOUR * 1000000;
		}
		(void)!mailer_run(&m->portal->accounts, now, &err);
	}
	return NULL;
}

int portal_start_mail(struct portal *p, struct err *err)
{
	struct mailer *m = mem_zalloc(1, sizeof(*m));

	m->portal = p;
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->wake, NULL);
	if (pthread_create(&m->thread, NULL, work, m) != 0) {
		free(m);
		return err_set(err, ERR_INTERNAL, "no thread for mail");
	}
	p->mailer = m;
	return 0;
}

void mailer_stop(struct mailer **m)
{
	struct mailer *gone = TAKE(*m);

	if (!gone)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->stop = true;
	pthread_cond_signal(&gone->wake);
	pthread_mutex_unlock(&gone->lock);
	pthread_join(gone->thread, NULL);
	pthread_cond_destroy(&gone->wake);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}
