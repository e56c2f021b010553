#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "catalog/push.h"
#include "hub/hub.h"
#include "io/file.h"
#include "report/options.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub, *parent, *key;
	bool private, all, quiet;
	int64_t patience;
	struct report_output output;
};

enum { KEY_MAX = 1024 };

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.name = "to", .kind = OPT_TEXT, .offset = offsetof(struct args, parent), .value = "URL",
        .help = "the parent's API: of a hub of hygie, https://PARENT/api/v1", .required = true},
    {.name = "key", .kind = OPT_TEXT, .offset = offsetof(struct args, key), .value = "FILE",
        .help = "holds the API key, on one line", .required = true},
    {.name = "private", .kind = OPT_FLAG, .offset = offsetof(struct args, private),
        .help = "the parent may be in a private network"},
    {.name = "all", .kind = OPT_FLAG, .offset = offsetof(struct args, all),
        .help = "also what was refused, and what is not due again yet"},
    {.name = "patience", .kind = OPT_INT, .offset = offsetof(struct args, patience),
        .value = "SECONDS", .min = 1, .max = 3600, .help = "at most for one answer"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.patience = 60};

static const char *const words[CATALOG_PUSH_RESULTS] = {[CATALOG_PUSH_SENT] = "sent",
    [CATALOG_PUSH_WITHDRAWN] = "withdrawn",
    [CATALOG_PUSH_SAME] = "as before",
    [CATALOG_PUSH_WAITING] = "waiting",
    [CATALOG_PUSH_REFUSED] = "refused"};

static struct report *make_report(const struct catalog_push *p)
{
	static const struct report_column columns[] = {{"iri", "Dataset", REPORT_TEXT},
	    {"result", "Result", REPORT_TEXT}, {"answer", "The parent says", REPORT_TEXT}};
	struct report *doc = report_new("Catalogue push", p->parent);
	struct report_table *t = report_add_table(doc, "datasets", "Datasets",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	report_add_fact(doc, "sent", "Sent", "%zu", p->counts[CATALOG_PUSH_SENT]);
	report_add_fact(doc, "withdrawn", "Withdrawn", "%zu", p->counts[CATALOG_PUSH_WITHDRAWN]);
	report_add_fact(doc, "same", "As before", "%zu", p->counts[CATALOG_PUSH_SAME]);
	report_add_fact(doc, "waiting", "Waiting", "%zu", p->counts[CATALOG_PUSH_WAITING]);
	report_add_fact(doc, "refused", "Refused", "%zu", p->counts[CATALOG_PUSH_REFUSED]);
	for (size_t i = 0; i < p->lines.len; i++) {
		report_add_cell(doc, t, "%s", p->lines.ptr[i].iri);
		report_add_cell(doc, t, "%s", words[p->lines.ptr[i].result]);
		report_add_cell(doc, t, "%s", p->lines.ptr[i].answer);
	}
	return doc;
}

static int run(void *arg, struct err *err)
{
	const struct args *a = arg;
	AUTO_CATALOG_PUSH struct catalog_push p = {.parent = a->parent,
	    .parent_is_private = a->private,
	    .all = a->all,
	    .patience = (int)a->patience,
	    .at = clock_now_us()};
	AUTO_HUB struct hub *hub = NULL;
	AUTO_REPORT struct report *doc = NULL;
	AUTO_STR struct str text = {.max = KEY_MAX + 1};
	AUTO_FREE char *key = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (file_read(a->key, KEY_MAX, &text, err) < 0 ||
	    hub_open(&hub, a->hub, 1, hub_modules, err) < 0)
		return -1;
	key = str_format("%.*s", VIEW_ARG(view_trim(str_view(&text))));
	if (strpbrk(key, "\r\n") || !*key)
		return err_set(err, ERR_FORMAT, "%s: not one line with a key", a->key);
	p.key = key;
	if (catalog_push_all(hub->store, &p, err) < 0)
		return -1;
	doc = make_report(&p);
	if (report_emit(doc, &a->output, err) < 0)
		return -1;
	log_info("%zu sent, %zu withdrawn, %zu as before, %zu waiting, %zu refused",
	    p.counts[CATALOG_PUSH_SENT], p.counts[CATALOG_PUSH_WITHDRAWN],
	    p.counts[CATALOG_PUSH_SAME], p.counts[CATALOG_PUSH_WAITING],
	    p.counts[CATALOG_PUSH_REFUSED]);
	return p.counts[CATALOG_PUSH_WAITING] + p.counts[CATALOG_PUSH_REFUSED] > 0;
}

const struct command cmd_catalog_push = {
    .name = "catalog push",
    .summary = "the datasets of a hub to a parent catalogue",
    .about = "Sends what is new or changed, and withdraws what is gone, by the ingest API of the\n"
	     "national catalogue: own datasets that are no drafts. What the parent cannot take\n"
	     "now waits for a later run: a minute, then twice as long each time, a day at most.\n"
	     "Exit status 1 when something waits or was refused.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
