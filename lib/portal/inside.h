/* What a portal holds; for the files of lib/portal. */
#ifndef PORTAL_INSIDE_H
#define PORTAL_INSIDE_H

#include "account/oidc.h"
#include "catalog/search.h"
#include "desk/board.h"
#include "desk/letter.h"
#include "desk/route.h"
#include "io/po.h"
#include "portal/bucket.h"
#include "portal/route.h"
#include "register/live.h"
#include "report/language.h"

#include <pthread.h>

struct portal {
	struct hub *hub;
	struct desk_law *law;
	struct desk_letters *letters;
	struct desk_watch board; /* of the desk's lists */
	struct po french;
	struct report_language drawn; /* French of what other parts draw */
	struct template_set *templates[LANGUAGES];
	struct str style;     /* portal.css in the hub's colour */
	char style_name[32];  /* "portal-0123456789abcdef.css" */
	char script_name[32]; /* "passkey-0123456789abcdef.js" */
	char form_script[32]; /* "form-0123456789abcdef.js" */
	struct str logo;      /* the file that hub.conf names */
	char logo_name[32];   /* "logo-0123456789abcdef.svg"; "": none */
	bool tls;             /* browsers reach it by https */
	struct accounts accounts;
	char *oidc_secret; /* in guarded memory */
	struct oidc_conf oidc_conf;
	struct oidc_provider *oidc; /* NULL: hub.conf has none */
	char *outbox;
	struct buckets *addresses, *people; /* how much each may ask */
	struct buckets *letters_sent;       /* how many each may send */
	struct mailer *mailer;              /* NULL: portal_start_mail was not called */
	pthread_mutex_t register_lock;
	struct search_live *register_live, *catalog_live; /* NULL until asked for */
	struct catalog_place catalog_place;
};

extern const char *const language_codes[LANGUAGES]; /* "en", "fr" */

/* Reads web/portal/NAME.mustache in both languages. */
MUST_CHECK int portal_read_templates(struct portal *p, struct err *err);
/* What every page says beside its own: site, language, addresses, who is signed in. */
void portal_fill_model(struct visit *v);
/* Headers that keep other sites, scripts and caches out. */
void portal_add_headers(const struct portal *p, struct http_response *r);

/* One round: answers to forgotten passwords, and the mail that waits. */
MUST_CHECK int mailer_run(struct accounts *a, int64_t now, struct err *err);
void mailer_stop(struct mailer **m);

visit_handler portal_home, portal_style, portal_robots, portal_accessibility,
    portal_openapi;

#endif
