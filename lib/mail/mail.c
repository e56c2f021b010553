#include "mail/mail.h"

#include "base/secret.h"
#include "base/vec.h"
#include "io/file.h"

#include <inttypes.h>

#define SQL "mail/records/mail.sql:"

static const int64_t minute_us = 60000000;
/* No mail waits so long: it was queued by a clock that has been set back since. */
static const int64_t never_us = (int64_t)2 * 3600 * 1000000;

static int next_number(struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL "number", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*ret = store_number(rows, 0);
	return 0;
}

static struct view bound_to(struct str *text, int64_t id)
{
	str_reset(text);
	str_addf(text, "mail/%" PRId64, id);
	return str_view(text);
}

int mail_queue(struct store_tx *tx, const struct mail_box *box, const struct mail *m,
    int64_t now, struct err *err)
{
	AUTO_SECRET_STR struct str message = {0};
	AUTO_STR struct str sealed = {0}, bound = {0};
	int64_t id;

	if (!mail_is_address(m->to))
		return err_set(err, ERR_FORMAT, "not an e-mail address");
	if (m->text.len > MAIL_TEXT_MAX)
		return err_set(err, ERR_LIMIT, "a mail that is too long");
	if (next_number(tx, &id, err) < 0)
		return -1;
	mail_format(&message, box, m, id, now);
	secret_seal(&sealed, box->key, bound_to(&bound, id), str_view(&message));
	return store_exec(tx, SQL "add",
	    STORE_ARGS(store_int(id), store_text(m->to), store_bytes(str_view(&sealed)),
		store_int(now)),
	    NULL, err);
}

struct waiting {
	int64_t id, tries;
	char *to;
	struct str sealed;
};

struct due {
	int64_t now;
	VEC(struct waiting) all;
};

static void clear_due(struct due *d)
{
	for (size_t i = 0; i < d->all.len; i++) {
		free(d->all.ptr[i].to);
		str_clear(&d->all.ptr[i].sealed);
	}
	vec_clear(&d->all);
}

static int list_due(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct due *d = arg;
	int more;

	if (store_query(&rows, tx, SQL "due",
		STORE_ARGS(store_int(d->now), store_int(d->now + never_us)), err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		struct waiting *w = vec_push(&d->all);

		w->id = store_number(rows, 0);
		w->to = str_format("%.*s", VIEW_ARG(store_view(rows, 1)));
		str_add(&w->sealed, store_view(rows, 2));
		w->tries = store_number(rows, 3);
	}
	return more;
}

struct claim {
	int64_t id, now, next_at, changed;
};

static int claim(struct store_tx *tx, void *arg, struct err *err)
{
	struct claim *c = arg;

	return store_exec(tx, SQL "claim",
	    STORE_ARGS(store_int(c->id), store_int(c->now), store_int(c->next_at),
		store_int(c->now + never_us)),
	    &c->changed, err);
}

static int forget(struct store_tx *tx, void *arg, struct err *err)
{
	return store_exec(tx, SQL "sent", STORE_ARGS(store_int(*(int64_t *)arg)), NULL, err);
}

static int write_file(const struct mail_box *box, int64_t id, struct view message,
    struct err *err)
{
	AUTO_FREE char *path = str_format("%s/%06" PRId64 ".eml", box->folder, id);

	return file_write_private(path, message, err);
}

static int send_one(struct store *s, const struct mail_box *box, struct waiting *w,
    struct err *err)
{
	AUTO_SECRET_STR struct str message = {0};
	AUTO_STR struct str bound = {0};

	if (secret_unseal(&message, box->key, bound_to(&bound, w->id), str_view(&w->sealed),
		err) < 0)
		return -1;
	if (*box->smtp ? mail_send(box, VIEW(w->to), str_view(&message), err) < 0
		       : write_file(box, w->id, str_view(&message), err) < 0)
		return -1;
	return store_write(s, forget, &w->id, err);
}

/* It stays when even that cannot be written. */
static int give_up(struct store *s, struct waiting *w, struct err *err)
{
	struct err later = {0};

	if (store_write(s, forget, &w->id, &later) < 0)
		return -1;
	return err_wrap(err, "a mail was given up after %d tries", MAIL_TRIES);
}

int mail_deliver(struct store *s, const struct mail_box *box, int64_t now, int *ret_sent,
    struct err *err)
{
	AUTO(clear_due)
	struct due d = {.now = now};
	int failed = 0;

	*ret_sent = 0;
	if (store_read(s, list_due, &d, err) < 0)
		return -1;
	for (size_t i = 0; i < d.all.len; i++) {
		struct waiting *w = &d.all.ptr[i];
		struct claim c = {w->id, now, now + (minute_us << MIN(w->tries, 6)), 0};
		struct err later = {0}, *why = failed ? &later : err;

		if (store_write(s, claim, &c, why) < 0 ||
		    (c.changed && send_one(s, box, w, why) < 0)) {
			failed++;
			if (w->tries + 1 >= MAIL_TRIES)
				(void)!give_up(s, w, why);
		} else {
			*ret_sent += c.changed > 0;
		}
	}
	return failed ? -1 : 0;
}

static int count_failed(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL "failed", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*(int64_t *)arg = store_number(rows, 0);
	return 0;
}

int mail_count_failed(struct store *s, int64_t *ret, struct err *err)
{
	return store_read(s, count_failed, ret, err);
}
