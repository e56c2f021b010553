#include "hub/publish.h"

#include "base/embed.h"
#include "io/file.h"
#include "mail/mail.h"

void hub_checkpoints_clear(struct hub_checkpoints *c)
{
	free(c->own);
	free(c->elsewhere);
	*c = (struct hub_checkpoints){0};
}

static bool is_mail(const struct hub *h)
{
	return mail_is_address(VIEW(h->conf.checkpoints));
}

void hub_checkpoints_find(struct hub_checkpoints *ret, const struct hub *h, const char *more)
{
	const char *elsewhere = h->conf.checkpoints;
	int n = 0;

	*ret = (struct hub_checkpoints){.own = hub_path(h, "audit")};
	ret->folders[n++] = ret->own;
	if (*elsewhere && !is_mail(h)) {
		ret->elsewhere = *elsewhere == '/' ? mem_strdup(elsewhere)
		                                   : hub_path(h, elsewhere);
		ret->folders[n++] = ret->elsewhere;
	}
	if (more)
		ret->folders[n++] = more;
}

int hub_publish(const struct hub *h, struct err *err)
{
	AUTO_HUB_CHECKPOINTS struct hub_checkpoints c;
	struct err later = {0};
	int own, elsewhere;

	hub_checkpoints_find(&c, h, NULL);
	own = audit_publish(h->store, c.own, err);
	elsewhere = c.elsewhere ? audit_publish(h->store, c.elsewhere, &later) : 0;
	if (own == 0 && elsewhere < 0)
		*err = later;
	return own < 0 || elsewhere < 0 ? -1 : 0;
}

struct letter {
	const struct hub *hub;
	struct view subject;
	struct str text;
	int64_t now;
};

static int queue(struct store_tx *tx, void *arg, struct err *err)
{
	struct letter *l = arg;
	AUTO_FREE char *outbox = hub_path(l->hub, "outbox");
	const struct hub_conf *conf = &l->hub->conf;
	const struct mail_box box = {conf->mail_from, conf->name[0], conf->smtp, outbox,
	    l->hub->seal_key};
	const struct mail mail = {VIEW(conf->checkpoints), l->subject, str_view(&l->text)};

	return mail_queue(tx, &box, &mail, l->now, err);
}

int hub_publish_mail(const struct hub *h, int64_t now, struct err *err)
{
	bool french = strcmp(h->conf.language, "fr") == 0;
	struct view rest = embed_find(french ? "hub/data/checkpoint.fr.txt"
					     : "hub/data/checkpoint.en.txt");
	struct letter l = {.hub = h, .now = now};
	AUTO_STR struct str note = {0};
	int status;

	if (!is_mail(h))
		return 0;
	if (audit_checkpoint(h->store, &note, err) < 0)
		return -1;
	if (note.len == 0)
		return 0;
	(void)view_next(&rest, '\n', &l.subject); /* the file has a first line */
	str_add(&l.text, rest);
	str_add(&l.text, str_view(&note));
	status = store_write(h->store, queue, &l, err);
	str_clear(&l.text);
	return status;
}
