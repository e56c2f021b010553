/*
 * hub.conf: what a hub calls itself, looks like, and where it keeps its
 * records. Lines "key = value"; '#' begins a comment line. Keys and defaults
 * stand in data/hub.conf, which `hygie hub init` copies.
 */
#ifndef HUB_CONF_H
#define HUB_CONF_H

#include "http/address.h"

enum { HUB_CONF_MAX = 64 << 10 };

struct hub_conf {
	const char *name[2];          /* English, French */
	const char *origin;           /* "https://hub.example": how browsers reach it */
	const char *contact;          /* an e-mail address that pages show */
	const char *store;            /* "hub.db" below the folder, or postgresql://... */
	const char *colour;           /* "#0b5c6b" */
	const char *logo;             /* "NAME.svg" or .png, in the folder; "" for none */
	const char *frame_ancestors;  /* sites that may show /embed/catalog; "" for none */
	const char *language;         /* "fr" or "en": where neither address nor browser says */
	const char *listen;           /* "127.0.0.1:8080" */
	const char *cert, *key;       /* PEM files below the folder; "" for none */
	const char *trusted_proxy;    /* "127.0.0.1, 10.0.0.0/8"; "": X-Forwarded-For is not read */
	struct http_prefixes proxies; /* the same, read */
	const char *smtp;             /* "smtp://host:25"; "" writes mail to outbox/ */
	const char *mail_from;
	/* An OpenID provider (account/oidc_provider.h); oidc_issuer "": none. */
	const char *oidc_issuer, *oidc_client;
	const char *oidc_secret;  /* a file below the folder; "": a public client */
	const char *oidc_name[2]; /* English, French */
	const char *oidc_scope, *oidc_acr, *oidc_strong;
	const char *oidc_email;  /* "verified", "trusted" */
	const char *oidc_open;   /* "yes", "no" */
	const char *checkpoints; /* a folder elsewhere, or an e-mail address; "" for neither */
	struct arena memory;
};

#define AUTO_HUB_CONF AUTO(hub_conf_clear)

void hub_conf_clear(struct hub_conf *c);
/* ERR_FORMAT with file and line: an unknown key, a key twice, a value that cannot be. */
MUST_CHECK int hub_conf_parse(struct hub_conf *ret, const char *name, struct view text,
    struct err *err);
MUST_CHECK int hub_conf_read(struct hub_conf *ret, const char *path, struct err *err);
/* "https://hub.example:8443" signs as "hub.example:8443/audit". */
const char *hub_audit_origin(struct hub_conf *c);

#endif
