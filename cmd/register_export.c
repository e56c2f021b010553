#include "base/command.h"
#include "base/log.h"
#include "hub/hub.h"
#include "io/file.h"
#include "register/export.h"
#include "register/query.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub, *query, *out;
	struct opt_list filters;
	int format;
	bool quiet;
};

static const struct args defaults = {.out = "/dev/stdout"};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.name = "format", .kind = OPT_CHOICE, .offset = offsetof(struct args, format),
        .value = REGISTER_FORMAT_WORDS, .help = "the public columns, the sheets, or Turtle"},
    {.name = "query", .kind = OPT_TEXT, .offset = offsetof(struct args, query), .value = "WORDS",
        .help = "only sheets with these words"},
    {.name = "filter", .kind = OPT_LIST, .offset = offsetof(struct args, filters),
        .value = "FACET=VALUE",
        .help = "only those: year, status, domain, source, entity, procedure; may be repeated"},
    {.name = "out", .kind = OPT_OUTPUT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "where to write"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int read_query(const struct args *a, struct search_ask *q, struct err *err)
{
	if (a->query)
		q->text = VIEW(a->query);
	for (size_t i = 0; i < a->filters.items.len; i++) {
		struct view value = VIEW(a->filters.items.ptr[i]), name;

		if (!memchr(value.ptr, '=', value.len))
			return err_set(err, ERR_USAGE, "--filter: not FACET=VALUE");
		view_next(&value, '=', &name);
		if (register_query_add(q, name, value, err) < 0)
			return err_wrap(err, "--filter");
	}
	return 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_STR struct str out = {0};
	struct search_ask q = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (read_query(a, &q, err) < 0 || hub_open(&hub, a->hub, 1, hub_modules, err) < 0 ||
	    register_index_build(&index, hub->store, err) < 0)
		return -1;
	register_query_run_all(&q, index, REGISTER_FRENCH, &found);
	if (register_export_found(index, &found, hub->conf.origin,
		(enum register_format)a->format, &out, err) < 0 ||
	    file_write(a->out, str_view(&out), err) < 0)
		return -1;
	log_info("%zu of %zu sheets", found.total, register_index_count(index));
	return 0;
}

const struct command cmd_register_export = {
    .name = "register export",
    .summary = "the register of a hub, or a part of it, as CSV, XLSX, JSON or RDF",
    .about = "CSV and XLSX have the columns of the public Excel and some of ours behind them;\n"
	     "what is exported can be imported. --filter year=2025 makes the open data of a\n"
	     "year. Values of one facet widen, facets narrow.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
