#include "hub/conf.h"

#include "base/embed.h"
#include "base/str.h"
#include "http/parse.h"
#include "io/file.h"

#include <stddef.h>

/* What a value may be. */
enum shape {
	ANY,
	FILLED,
	ORIGIN,
	ORIGINS,
	COLOUR,
	LANGUAGE,
	MAIL,
	PICTURE,
	ISSUER,
	VOUCHED,
	YES_NO,
	PREFIXES,
};

static const struct key {
	const char *name;
	size_t offset;
	enum shape shape;
} keys[] = {
    {"name_en", offsetof(struct hub_conf, name[0]), FILLED},
    {"name_fr", offsetof(struct hub_conf, name[1]), FILLED},
    {"origin", offsetof(struct hub_conf, origin), ORIGIN},
    {"contact", offsetof(struct hub_conf, contact), MAIL},
    {"store", offsetof(struct hub_conf, store), FILLED},
    {"colour", offsetof(struct hub_conf, colour), COLOUR},
    {"logo", offsetof(struct hub_conf, logo), PICTURE},
    {"frame_ancestors", offsetof(struct hub_conf, frame_ancestors), ORIGINS},
    {"language", offsetof(struct hub_conf, language), LANGUAGE},
    {"listen", offsetof(struct hub_conf, listen), FILLED},
    {"cert", offsetof(struct hub_conf, cert), ANY},
    {"key", offsetof(struct hub_conf, key), ANY},
    {"trusted_proxy", offsetof(struct hub_conf, trusted_proxy), PREFIXES},
    {"smtp", offsetof(struct hub_conf, smtp), ANY},
    {"mail_from", offsetof(struct hub_conf, mail_from), MAIL},
    {"oidc_issuer", offsetof(struct hub_conf, oidc_issuer), ISSUER},
    {"oidc_client", offsetof(struct hub_conf, oidc_client), ANY},
    {"oidc_secret", offsetof(struct hub_conf, oidc_secret), ANY},
    {"oidc_name_en", offsetof(struct hub_conf, oidc_name[0]), FILLED},
    {"oidc_name_fr", offsetof(struct hub_conf, oidc_name[1]), FILLED},
    {"oidc_scope", offsetof(struct hub_conf, oidc_scope), FILLED},
    {"oidc_acr", offsetof(struct hub_conf, oidc_acr), ANY},
    {"oidc_strong", offsetof(struct hub_conf, oidc_strong), ANY},
    {"oidc_email", offsetof(struct hub_conf, oidc_email), VOUCHED},
    {"oidc_open", offsetof(struct hub_conf, oidc_open), YES_NO},
    {"checkpoints", offsetof(struct hub_conf, checkpoints), ANY},
};

void hub_conf_clear(struct hub_conf *c)
{
	vec_clear(&c->proxies.all);
	arena_clear(&c->memory);
}

static const char **slot(struct hub_conf *c, const struct key *k)
{
	return (const char **)((char *)c + k->offset);
}

static bool is_hex(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (!strchr("0123456789abcdefABCDEF", v.ptr[i]) || !v.ptr[i])
			return false;
	return true;
}

/* "https://host:port", no path. */
static bool is_origin(struct view v)
{
	size_t head = view_starts(v, VIEW_LIT("https://"))  ? 8
	              : view_starts(v, VIEW_LIT("http://")) ? 7
	                                                    : 0;

	return head > 0 && v.len > head && !memchr(v.ptr + head, '/', v.len - head) &&
	       !memchr(v.ptr, ' ', v.len);
}

/* Origins with blanks between them, or nothing. */
static bool are_origins(struct view v)
{
	struct view one;

	while (view_next(&v, ' ', &one))
		if (one.len > 0 && (!is_origin(one) || memchr(one.ptr, ';', one.len) ||
				       memchr(one.ptr, ',', one.len)))
			return false;
	return true;
}

/* The host ends where the address of this very machine does. */
static bool is_here(struct view v)
{
	static const char *const starts[] = {"http://127.0.0.1", "http://localhost",
	    "http://[::1]"};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		size_t len = strlen(starts[i]);

		if (view_starts(v, VIEW(starts[i])) &&
		    (v.len == len || v.ptr[len] == ':' || v.ptr[len] == '/'))
			return true;
	}
	return false;
}

/* OpenID Connect Discovery, section 3: https, no query, no fragment. */
static bool is_issuer(struct view v)
{
	return (is_here(v) || (v.len > 8 && view_starts(v, VIEW_LIT("https://")))) &&
	       !memchr(v.ptr, '?', v.len) && !memchr(v.ptr, '#', v.len) &&
	       !memchr(v.ptr, ' ', v.len);
}

/* A file of the folder itself, which a backup can put back. */
static bool is_picture(struct view v)
{
	return v.len > 4 && v.ptr[0] != '.' && !memchr(v.ptr, '/', v.len) &&
	       (view_ends(v, VIEW_LIT(".svg")) || view_ends(v, VIEW_LIT(".png")));
}

static bool are_prefixes(struct view v)
{
	struct http_prefixes p = {0};
	struct err err = {0};
	bool are = http_prefixes_parse(&p, v, &err) == 0;

	vec_clear(&p.all);
	return are;
}

static const char *complain(enum shape shape, struct view v)
{
	const char *at = memchr(v.ptr, '@', v.len);

	switch (shape) {
	case ANY: return NULL;
	case FILLED: return v.len ? NULL : "it must have a value";
	case ORIGIN:
		return is_origin(v) ? NULL : "it must be http:// or https:// and a host, no path";
	case ORIGINS:
		return are_origins(v) ? NULL : "it must be origins such as https://site.example";
	case COLOUR:
		return v.len == 7 && v.ptr[0] == '#' && is_hex((struct view){v.ptr + 1, 6})
		           ? NULL
		           : "it must be a colour such as #0b5c6b";
	case LANGUAGE:
		return view_eq(v, VIEW_LIT("fr")) || view_eq(v, VIEW_LIT("en"))
		           ? NULL
		           : "it must be fr or en";
	case PICTURE:
		return v.len == 0 || is_picture(v)
		           ? NULL
		           : "it must be an .svg or .png of this folder";
	case ISSUER:
		return v.len == 0 || is_issuer(v)
		           ? NULL
		           : "it must begin with https:// (http:// on this very machine)";
	case VOUCHED:
		return view_eq(v, VIEW_LIT("verified")) || view_eq(v, VIEW_LIT("trusted"))
		           ? NULL
		           : "it must be verified or trusted";
	case YES_NO:
		return view_eq(v, VIEW_LIT("yes")) || view_eq(v, VIEW_LIT("no"))
		           ? NULL
		           : "it must be yes or no";
	case PREFIXES:
		return are_prefixes(v) ? NULL : "it must be addresses such as 10.0.0.0/8";
	case MAIL: return at && at > v.ptr ? NULL : "it must be an e-mail address";
	}
	return NULL;
}

static const struct key *find_key(struct view name)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (view_eq(VIEW(keys[i].name), name))
			return &keys[i];
	return NULL;
}

static int read_line(struct hub_conf *c, struct view line, struct err *err)
{
	const struct key *k;
	const char *why;
	struct view name;

	if (!http_is_text(line))
		return err_set(err, ERR_FORMAT, "it is not UTF-8");
	if (!memchr(line.ptr, '=', line.len) || !view_next(&line, '=', &name))
		return err_set(err, ERR_FORMAT, "not a line \"key = value\"");
	k = find_key(view_trim(name));
	if (!k)
		return err_set(err, ERR_FORMAT, "no such key");
	if (*slot(c, k))
		return err_set(err, ERR_FORMAT, "%s stands here twice", k->name);
	why = complain(k->shape, view_trim(line));
	if (why)
		return err_set(err, ERR_FORMAT, "%s: %s", k->name, why);
	*slot(c, k) = arena_strdup(&c->memory, view_trim(line));
	return 0;
}

static int read_lines(struct hub_conf *c, const char *name, struct view text, struct err *err)
{
	struct view line;

	for (int n = 1; view_next(&text, '\n', &line); n++) {
		line = view_trim(line);
		if (line.len > 0 && line.ptr[0] != '#' && read_line(c, line, err) < 0)
			return err_wrap(err, "%s: line %d", name, n);
	}
	return 0;
}

/* What the file leaves out is as in the file that the program brings. */
static int fill_defaults(struct hub_conf *c, struct err *err)
{
	struct hub_conf usual = {0};

	if (read_lines(&usual, "hub.conf", embed_find("hub/data/hub.conf"), err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!*slot(c, &keys[i]))
			*slot(c, &keys[i]) =
			    arena_strdup(&c->memory, VIEW(*slot(&usual, &keys[i])));
	hub_conf_clear(&usual);
	return 0;
}

int hub_conf_parse(struct hub_conf *ret, const char *name, struct view text, struct err *err)
{
	struct hub_conf c = {0};

	if (read_lines(&c, name, text, err) < 0 || fill_defaults(&c, err) < 0) {
		hub_conf_clear(&c);
		return -1;
	}
	if (http_prefixes_parse(&c.proxies, VIEW(c.trusted_proxy), err) < 0) {
		hub_conf_clear(&c);
		return -1;
	}
	if (!*c.cert != !*c.key) {
		hub_conf_clear(&c);
		return err_set(err, ERR_FORMAT, "%s: cert and key belong together", name);
	}
	if (*c.oidc_issuer && !*c.oidc_client) {
		hub_conf_clear(&c);
		return err_set(err, ERR_FORMAT, "%s: oidc_issuer needs oidc_client", name);
	}
	*ret = c;
	return 0;
}

int hub_conf_read(struct hub_conf *ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (file_read(path, HUB_CONF_MAX, &text, err) < 0)
		return -1;
	return hub_conf_parse(ret, path, str_view(&text), err);
}

const char *hub_audit_origin(struct hub_conf *c)
{
	return arena_format(&c->memory, "%s/audit", strstr(c->origin, "://") + 3);
}
