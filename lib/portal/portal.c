#include "portal/account.h"
#include "portal/inside.h"

#include "account/refusal.h"
#include "base/embed.h"
#include "base/hash.h"
#include "base/secret.h"
#include "io/file.h"

#include <stdio.h>

enum { LETTERS = 20, /* a day, by one person to others */
	LOGO_MAX = 1 << 20 };

const char *const language_codes[LANGUAGES] = {"en", "fr"};

/* The one thing that the white label changes in the style sheet. */
static void make_style(struct portal *p)
{
	str_addf(&p->style, ":root{--brand:%s}\n", p->hub->conf.colour);
	str_add(&p->style, embed_find("web/portal.css"));
	snprintf(p->style_name, sizeof(p->style_name), "portal-%016llx.css",
	    (unsigned long long)hash_xxh3(str_view(&p->style)));
	snprintf(p->script_name, sizeof(p->script_name), "passkey-%016llx.js",
	    (unsigned long long)hash_xxh3(embed_find("web/passkey.js")));
	snprintf(p->form_script, sizeof(p->form_script), "form-%016llx.js",
	    (unsigned long long)hash_xxh3(embed_find("web/form.js")));
}

/* It stands on every page, so one that is not there is told at the start. */
static int read_logo(struct portal *p, struct err *err)
{
	const char *logo = p->hub->conf.logo;
	AUTO_FREE char *path = hub_path(p->hub, logo);

	if (!*logo)
		return 0;
	if (file_read(path, LOGO_MAX, &p->logo, err) < 0)
		return err_hint(err, "put it there, or take logo out of hub.conf");
	snprintf(p->logo_name, sizeof(p->logo_name), "logo-%016llx%s",
	    (unsigned long long)hash_xxh3(str_view(&p->logo)), strrchr(logo, '.'));
	return 0;
}

static void open_accounts(struct portal *p)
{
	const struct hub_conf *conf = &p->hub->conf;
	struct accounts *a = &p->accounts;

	accounts_init(a, p->hub->store, p->hub->seal_key, PASSWORD_COST);
	p->outbox = hub_path(p->hub, "outbox");
	a->mail = (struct mail_box){conf->mail_from, conf->name[0], conf->smtp, p->outbox,
	    p->hub->seal_key};
	a->origin = conf->origin;
	a->site[0] = conf->name[0];
	a->site[1] = conf->name[1];
	p->addresses = buckets_new(100, 5);
	p->people = buckets_new(200, 20);
	p->letters_sent = buckets_new(LETTERS, LETTERS / 86400.0);
}

int portal_open(struct portal **ret, struct hub *hub, struct err *err)
{
	struct portal *p = mem_zalloc(1, sizeof(*p));

	p->hub = hub;
	p->tls = view_starts(VIEW(hub->conf.origin), VIEW_LIT("https://"));
	pthread_mutex_init(&p->register_lock, NULL);
	desk_watch_init(&p->board);
	open_accounts(p);
	make_style(p);
	if (read_logo(p, err) < 0 || account_open_provider(p, err) < 0 ||
	    desk_law_new(&p->law, err) < 0 || desk_letters_new(&p->letters, err) < 0 ||
	    portal_read_templates(p, err) < 0) {
		portal_close(&p);
		return -1;
	}
	*ret = p;
	return 0;
}

void portal_close(struct portal **p)
{
	struct portal *gone = TAKE(*p);

	if (!gone)
		return;
	mailer_stop(&gone->mailer);
	/* Nobody is left to hear that it failed. */
	(void)!account_refusals_write(&gone->accounts, 0, true, &(struct err){0});
	accounts_clear(&gone->accounts);
	oidc_provider_free(&gone->oidc);
	secret_free(&gone->oidc_secret);
	buckets_free(&gone->addresses);
	buckets_free(&gone->people);
	buckets_free(&gone->letters_sent);
	free(gone->outbox);
	for (int i = 0; i < LANGUAGES; i++)
		template_set_free(&gone->templates[i]);
	search_live_close(&gone->register_live);
	search_live_close(&gone->catalog_live);
	pthread_mutex_destroy(&gone->register_lock);
	desk_watch_clear(&gone->board);
	desk_law_free(&gone->law);
	desk_letters_free(&gone->letters);
	po_clear(&gone->french);
	report_language_clear(&gone->drawn);
	str_clear(&gone->style);
	str_clear(&gone->logo);
	free(gone);
}
