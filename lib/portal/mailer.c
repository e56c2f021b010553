#include "portal/desk_told.h"

#include "account/invitation.h"
#include "account/refusal.h"
#include "base/clock.h"
#include "base/threads.h"
#include "base/trouble.h"

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
	struct trouble mail, desk, audit;
};

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

/*
 * A mail is due again minutes later, and the rounds between find nothing to do:
 * mail works again only when none waits that has failed.
 */
static void tell(struct mailer *m, const struct err *mail, const struct err *audit)
{
	struct err unknown = {0};
	int64_t failed = 0;

	trouble_set(&m->audit, audit);
	if (mail->code == ERR_NONE &&
	    (mail_count_failed(m->portal->hub->store, &failed, &unknown) < 0 || failed > 0))
		return;
	trouble_set(&m->mail, mail);
}

static void *work(void *arg)
{
	struct mailer *m = arg;
	int64_t next = 0;

	threads_step_back();
	while (wait_a_second(m)) {
		struct err mail = {0}, desk = {0}, audit = {0};
		int64_t now = clock_now_us();

		/* What failed waits, and is tried again; the operator hears of it. */
		if (now >= next) {
			(void)!desk_hourly(m->portal, now, &desk);
			next = now + (int64_t)HOUR * 1000000;
			trouble_set(&m->desk, &desk);
		}
		(void)!mailer_run(&m->portal->accounts, now, &mail);
		(void)!account_refusals_write(&m->portal->accounts, now, false, &audit);
		tell(m, &mail, &audit);
	}
	return NULL;
}

int portal_news(struct portal *p, const char **ret_what, struct err *ret)
{
	struct search_live *index;

	*ret_what = "mail";
	if (p->mailer && trouble_take(&p->mailer->mail, ret))
		return 1;
	*ret_what = "desk";
	if (p->mailer && trouble_take(&p->mailer->desk, ret))
		return 1;
	*ret_what = "audit log";
	if (p->mailer && trouble_take(&p->mailer->audit, ret))
		return 1;
	*ret_what = "search of the register";
	pthread_mutex_lock(&p->register_lock);
	index = p->register_live;
	pthread_mutex_unlock(&p->register_lock);
	return index && trouble_take(search_live_trouble(index), ret);
}

int portal_start_mail(struct portal *p, struct err *err)
{
	struct mailer *m = mem_zalloc(1, sizeof(*m));

	m->portal = p;
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->wake, NULL);
	trouble_init(&m->mail);
	trouble_init(&m->desk);
	trouble_init(&m->audit);
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
	trouble_clear(&gone->mail);
	trouble_clear(&gone->desk);
	trouble_clear(&gone->audit);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}
