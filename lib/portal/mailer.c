#include "portal/desk_told.h"

#include "account/invitation.h"
#include "account/refusal.h"
#include "base/clock.h"
#include "base/threads.h"
#include "base/trouble.h"

enum { MINUTE = 60,
	HOUR = 3600 };

/*
 * Two threads beside the requests. Mail and answers to forgotten passwords: each second. What
 * the desk owes to the calendar: each hour, and a minute later when the records were gone; it
 * may take long, and no mail waits for it.
 */
struct mailer {
	pthread_t threads[2];
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
	struct portal *portal;
	struct trouble mail, audit, chores[CHORES];
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
	bool stop;

	pthread_mutex_lock(&m->lock);
	if (!m->stop)
		threads_cond_wait(&m->wake, &m->lock, 1000);
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

static void *send_mail(void *arg)
{
	struct mailer *m = arg;

	while (wait_a_second(m)) {
		struct err mail = {0}, audit = {0};
		int64_t now = clock_now_us();

		/* What failed waits, and is tried again; the operator hears of it. */
		(void)!mailer_run(&m->portal->accounts, now, &mail);
		(void)!account_refusals_write(&m->portal->accounts, now, false, &audit);
		tell(m, &mail, &audit);
	}
	return NULL;
}

static int64_t do_chores(struct mailer *m, int64_t now)
{
	struct err err[CHORES];
	bool gone = false;

	desk_hourly(m->portal, now, err);
	for (int i = 0; i < CHORES; i++) {
		trouble_set(&m->chores[i], &err[i]);
		gone |= desk_error_is_general(&err[i]);
	}
	return now + (int64_t)(gone ? MINUTE : HOUR) * 1000000;
}

static void *work(void *arg)
{
	struct mailer *m = arg;
	int64_t next = 0;

	threads_step_back();
	while (wait_a_second(m)) {
		int64_t now = clock_now_us();

		/* A clock that was set back does not stop the hours. */
		if (now >= next || next - now > (int64_t)HOUR * 1000000)
			next = do_chores(m, now);
	}
	return NULL;
}

int portal_news(struct portal *p, const char **ret_what, struct err *ret)
{
	struct search_live *index[2];
	static const char *const names[] = {"search of the register", "search of the catalogue"};

	*ret_what = "mail";
	if (p->mailer && trouble_take(&p->mailer->mail, ret))
		return 1;
	for (int i = 0; p->mailer && i < CHORES; i++) {
		*ret_what = desk_chore_names[i];
		if (trouble_take(&p->mailer->chores[i], ret))
			return 1;
	}
	*ret_what = "audit log";
	if (p->mailer && trouble_take(&p->mailer->audit, ret))
		return 1;
	pthread_mutex_lock(&p->register_lock);
	index[0] = p->register_live;
	index[1] = p->catalog_live;
	pthread_mutex_unlock(&p->register_lock);
	for (size_t i = 0; i < ARRAY_LEN(index); i++) {
		*ret_what = names[i];
		if (index[i] && trouble_take(search_live_trouble(index[i]), ret))
			return 1;
	}
	return 0;
}

static void free_mailer(struct mailer *m)
{
	pthread_cond_destroy(&m->wake);
	pthread_mutex_destroy(&m->lock);
	trouble_clear(&m->mail);
	trouble_clear(&m->audit);
	for (int i = 0; i < CHORES; i++)
		trouble_clear(&m->chores[i]);
	free(m);
}

/* The first `count` threads have begun. */
static void end(struct mailer *m, size_t count)
{
	pthread_mutex_lock(&m->lock);
	m->stop = true;
	pthread_cond_broadcast(&m->wake);
	pthread_mutex_unlock(&m->lock);
	for (size_t i = 0; i < count; i++)
		pthread_join(m->threads[i], NULL);
	free_mailer(m);
}

int portal_start_mail(struct portal *p, struct err *err)
{
	static void *(*const jobs[2])(void *) = {send_mail, work};
	struct mailer *m = mem_zalloc(1, sizeof(*m));

	m->portal = p;
	pthread_mutex_init(&m->lock, NULL);
	threads_cond_init(&m->wake);
	trouble_init(&m->mail);
	trouble_init(&m->audit);
	for (int i = 0; i < CHORES; i++)
		trouble_init(&m->chores[i]);
	for (size_t i = 0; i < ARRAY_LEN(jobs); i++)
		if (pthread_create(&m->threads[i], NULL, jobs[i], m) != 0) {
			end(m, i);
			return err_set(err, ERR_INTERNAL, "no thread for mail");
		}
	p->mailer = m;
	return 0;
}

void mailer_stop(struct mailer **m)
{
	struct mailer *gone = TAKE(*m);

	if (gone)
		end(gone, ARRAY_LEN(gone->threads));
}
