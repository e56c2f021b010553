#include "base/command.h"
#include "base/log.h"
#include "catalog/records.h"
#include "desk/board.h"
#include "hub/check.h"
#include "register/index.h"
#include "report/options.h"
#include "shared/desk.h"

#include <inttypes.h>

struct args {
	const char *hub;
	const char *published;
	bool quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.name = "published", .kind = OPT_TEXT, .offset = offsetof(struct args, published),
        .value = "DIR", .help = "checkpoints of the audit log that were kept elsewhere"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no progress, no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static void differs(int64_t application, void *arg)
{
	hub_check_add(arg, HUB_FAULT, "desk", "the lists say something else than its events",
	    "application/%" PRId64, application);
}

/* What a part refuses to read is a fault of its records; a store that is away is not. */
static int judge(struct hub_check *c, int status, const char *part, struct err *err)
{
	if (status < 0 && (err->code == ERR_FORMAT || err->code == ERR_LIMIT ||
			      err->code == ERR_USAGE || err->code == ERR_DENIED)) {
		hub_check_add(c, HUB_FAULT, part, "the records cannot be read", "%s", err->msg);
		*err = (struct err){0};
		return 0;
	}
	return status;
}

static int visit_dossier(struct store_tx *tx, const struct desk_dossier *d, void *arg,
    struct err *err)
{
	(void)tx;
	(void)d;
	(void)arg;
	(void)err;
	return 0;
}

/* Silence that nobody has looked at since is folded in first: that is no difference. */
static int check_desk(struct hub_check *c, const struct desk_hub *h, struct err *err)
{
	date_t today = desk_day_or_today(DATE_NONE);

	if (desk_each(&h->desk, visit_dossier, NULL, err) < 0)
		return -1;
	return desk_board_refresh(&h->desk, today, err) < 0
	           ? -1
	           : desk_board_compare(&h->desk, today, differs, c, err);
}

static int check_sheet(struct hub_check *c, struct store *s, const struct register_index *i,
    uint32_t document, struct err *err)
{
	const struct register_entry *e = register_index_entry(i, document);
	struct register_versions versions = {0};
	AUTO_JSON json_t *sheet = NULL;
	size_t n;
	int status = register_versions_read(s, e->reference, &versions, err);

	n = versions.all.len;
	if (status == 0 && (n == 0 || versions.all.ptr[n - 1].version != e->version))
		hub_check_add(c, HUB_FAULT, "register", "a sheet without its versions", "%.*s",
		    VIEW_ARG(e->reference));
	vec_clear(&versions.all);
	if (status < 0 || register_index_sheet(i, document, &sheet, err) < 0)
		return -1;
	return register_sheet_check(sheet, err);
}

/* The index holds what the records hold: built anew, every sheet found by its reference. */
static int check_register(struct hub_check *c, struct store *s, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *i = NULL;

	if (register_index_build(&i, s, err) < 0)
		return -1;
	for (size_t d = 0; d < register_index_count(i); d++) {
		struct view reference = register_index_entry(i, (uint32_t)d)->reference;

		if (register_index_find(i, reference) != (int64_t)d)
			hub_check_add(c, HUB_FAULT, "register", "a sheet that is not found", "%.*s",
			    VIEW_ARG(reference));
		if (judge(c, check_sheet(c, s, i, (uint32_t)d, err), "register", err) < 0)
			return -1;
	}
	return 0;
}

static int drop(void *arg, struct view bytes, struct err *err)
{
	(void)arg;
	(void)bytes;
	(void)err;
	return 0;
}

static int check_catalog(struct store *s, struct err *err)
{
	struct catalog_export e = {.syntax = RDF_TURTLE};

	return catalog_records_export(s, &e, drop, NULL, err);
}

static int check_parts(struct hub_check *c, const struct desk_hub *h, struct err *err)
{
	struct store *s = h->hub->store;

	return judge(c, check_desk(c, h, err), "desk", err) < 0 ||
	               judge(c, check_register(c, s, err), "register", err) < 0 ||
	               judge(c, check_catalog(s, err), "catalog", err) < 0
	           ? -1
	           : 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_HUB struct desk_hub hub = {0};
	AUTO_HUB_CHECK struct hub_check check = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	progress_init(&progress, a->quiet);
	if (desk_hub_open(&hub, a->hub, err) < 0 ||
	    hub_check_run(&check, hub.hub, a->published, &progress, err) < 0 ||
	    (!check.broken && check_parts(&check, &hub, err) < 0))
		return -1;
	report = hub_check_report(&check, a->hub);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%" PRIu64 " rows read: %" PRIu64 " to mend, %" PRIu64 " to know", check.rows,
	    check.faults, check.notes);
	return check.faults > 0;
}

const struct command cmd_hub_check = {
    .name = "hub check",
    .summary = "is a hub what it should be",
    .about = "The store and its references, the audit log and its checkpoints, every file that\n"
	     "was handed in, applications folded anew from their events, sheets, the catalogue,\n"
	     "and who may read the files. Exit status 1 when something is to be mended.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
