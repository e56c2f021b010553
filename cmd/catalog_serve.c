#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "catalog/records.h"
#include "io/file.h"
#include "portal/portal.h"
#include "shared/catalog_files.h"
#include "shared/hub_modules.h"
#include "shared/serve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct args {
	struct opt_list files;
	const char *name, *listen;
	bool quiet;
};

static const struct args defaults = {.name = "Catalogue", .listen = "127.0.0.1:8080"};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, files), .value = "FILE",
        .help = "Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, or a spreadsheet as CSV",
        .required = true},
    {.name = "name", .kind = OPT_TEXT, .offset = offsetof(struct args, name), .value = "NAME",
        .help = "what the site is called"},
    {.name = "listen", .kind = OPT_TEXT, .offset = offsetof(struct args, listen),
        .value = "ADDRESS:PORT", .help = "where; port 0 is a free one"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no line about what is served"},
    {0},
};
/* clang-format on */

/* A folder that is there as long as the site. */
struct passing {
	char *path;
};

static void remove_passing(struct passing *p)
{
	struct err err = {0};

	if (p->path && path_remove(p->path, &err) < 0)
		log_warn("%s", err.msg);
	free(p->path);
}

static int make_passing(struct passing *ret, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *path = str_format("%s/hygie-catalog-XXXXXX", tmp && *tmp ? tmp : "/tmp");

	if (!mkdtemp(path)) {
		int status = file_write_error(path, errno, err);

		free(path);
		return status;
	}
	ret->path = path;
	return 0;
}

static int init(const char *folder, const struct args *a, struct err *err)
{
	AUTO_FREE char *conf = str_format("name_en = %s\nname_fr = %s\norigin = http://%s\n"
					  "listen = %s\n",
	    a->name, a->name, a->listen, a->listen);

	if (!*a->name || strpbrk(a->name, "\r\n") || strpbrk(a->listen, "\r\n"))
		return err_set(err, ERR_USAGE, "--name and --listen are one line, and not empty");
	return hub_init(folder, VIEW(conf), hub_modules, err);
}

static int import(struct hub *hub, const struct args *a, struct err *err)
{
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_CATALOG_IMPORT struct catalog_import i = {
	    .source = "file", .base = hub->conf.origin, .at = clock_now_us()};

	if (catalog_rules_read(&rules, err) < 0 ||
	    catalog_files_read(&g, &rules, &a->files, i.base, NULL, err) < 0 ||
	    catalog_records_import(hub->store, &g, &i, err) < 0)
		return -1;
	log_info("%zu descriptions", i.added);
	return 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO(remove_passing)
	struct passing folder = {0};
	AUTO_HUB struct hub *hub = NULL;
	AUTO_FREE char *path = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (make_passing(&folder, err) < 0)
		return -1;
	path = path_join(folder.path, "hub");
	if (init(path, a, err) < 0 || hub_open(&hub, path, PORTAL_READERS, hub_modules, err) < 0 ||
	    import(hub, a, err) < 0)
		return -1;
	return serve_hub(hub, a->name, NULL, err);
}

const struct command cmd_catalog_serve = {
    .name = "catalog serve",
    .summary = "the site of a catalogue that is a file",
    .about = "For who only wants to show, or to see: search, pages of datasets, RDF and feeds,\n"
	     "until Ctrl-C. Nobody has an account there and nothing is kept; a hub that works is\n"
	     "made by hygie hub init.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
