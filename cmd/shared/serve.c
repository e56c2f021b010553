#include "shared/serve.h"

#include "base/cancel.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/progress.h"
#include "http/server.h"
#include "hub/publish.h"
#include "portal/portal.h"

#include <signal.h>
#include <time.h>

enum {
	BODY_MAX = 32 << 20,    /* one upload */
	BODIES_MAX = 256 << 20, /* all at a time */
	PATIENCE = 60,          /* seconds a request may take to arrive */
	PER_ADDRESS = 200,      /* connections at a time, of 1000: a hospital may be one */
	PUBLISH_EVERY = 3600,   /* seconds between checkpoints of the audit log */
	MAIL_EVERY = 24,        /* of them, one goes by mail */
};

static const int64_t second_ns = 1000000000;

/* What fails here is told to who asks for it. */
static void warm(struct portal *portal)
{
	struct err err = {0};

	if (portal_warm(portal, &err) < 0)
		log_warn("the register is not ready: %s", err.msg);
}

static void publish(const struct hub *hub, bool mail)
{
	struct err err = {0};

	if (hub_publish(hub, &err) < 0 ||
	    (mail && hub_publish_mail(hub, clock_now_us(), &err) < 0))
		log_warn("no checkpoint of the audit log was published: %s", err.msg);
}

/* What goes wrong beside the requests, once. */
static void tell_news(struct portal *portal)
{
	const char *what;
	struct err err = {0};

	while (portal_news(portal, &what, &err))
		if (err.code == ERR_NONE)
			log_info("%s: works again", what);
		else
			log_warn("%s: %s; it is tried again", what, err.msg);
}

/* By the clock that no one sets. A day's mail goes with the first checkpoint of 24. */
static void serve_until_end(const struct hub *hub, struct portal *portal)
{
	for (int64_t hours = 0, begun = time_now_ns() / second_ns; !cancel_requested();) {
		int64_t now = time_now_ns() / second_ns;

		if (now - begun >= hours * PUBLISH_EVERY) {
			publish(hub, hours % MAIL_EVERY == 0);
			hours = (now - begun) / PUBLISH_EVERY + 1;
		}
		tell_news(portal);
		nanosleep(&(struct timespec){0, 200000000}, NULL);
	}
}

/* Links with the port that was free, before anybody knows it. */
static void name_port(struct hub_conf *conf, int port)
{
	size_t len = strlen(conf->origin);

	if (view_ends(VIEW(conf->origin), VIEW_LIT(":0")))
		conf->origin = arena_format(&conf->memory, "%.*s%d", (int)len - 1, conf->origin,
		    port);
}

int serve_hub(struct hub *hub, const char *name, const char *listen, struct err *err)
{
	AUTO_PORTAL struct portal *portal = NULL;
	AUTO_HTTP_SERVER struct http_server *server = NULL;
	AUTO_FREE char *cert = *hub->conf.cert ? hub_path(hub, hub->conf.cert) : NULL;
	AUTO_FREE char *key = *hub->conf.key ? hub_path(hub, hub->conf.key) : NULL;
	struct http_server_options o = {
	    .address = listen ? listen : hub->conf.listen,
	    .cert = cert,
	    .key = key,
	    .threads = PORTAL_WORKERS,
	    .body_max = BODY_MAX,
	    .bodies_max = BODIES_MAX,
	    .patience = PATIENCE,
	    .limit = portal_body_max,
	    .waits = portal_waits,
	    /* All that a proxy brings is of one address. */
	    .connections_per_address = hub->conf.proxies.all.len ? 0 : PER_ADDRESS,
	};

	signal(SIGPIPE, SIG_IGN);
	if (portal_open(&portal, hub, err) < 0 || portal_start_mail(portal, err) < 0 ||
	    http_server_start(&server, &o, portal_answer, portal, err) < 0)
		return -1;
	name_port(&hub->conf, http_server_port(server));
	log_info("serving %s on port %d; Ctrl-C ends it", name, http_server_port(server));
	warm(portal);
	serve_until_end(hub, portal);
	http_server_stop(&server);
	publish(hub, false);
	return 0;
}
