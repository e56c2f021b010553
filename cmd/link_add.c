#include "base/command.h"
#include "shared/link_kept.h"

static const struct link_kept_args defaults = LINK_KEPT_DEFAULTS;

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct link_kept_args, folder), .value = "DIR",
        .help = "folder that hygie link run --keep made", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct link_kept_args, input), .value = "FILE",
        .help = "the new records, with the columns of the run; CSV or Parquet", .required = true},
    {.name = "source", .kind = OPT_CHOICE, .offset = offsetof(struct link_kept_args, source),
        .value = "left|right", .help = "of two: whose records they are"},
    {.name = "skip-known", .kind = OPT_FLAG, .offset = offsetof(struct link_kept_args, skip),
        .help = "leave out rows whose id is kept already, and count them"},
    {.name = "update-frequencies", .kind = OPT_FLAG,
        .offset = offsetof(struct link_kept_args, count),
        .help = "count anew how frequent each value is, and weigh the pairs kept again"},
    RUN_OPTIONS(struct link_kept_args, run),
    REPORT_OPTIONS(struct link_kept_args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	return link_kept_change(args, link_add, err);
}

const struct command cmd_link_add = {
    .name = "link add",
    .summary = "new records into a linkage that is kept",
    .about = "Compares the new records with those kept and with each other, never the kept ones\n"
	     "again, with the model of the run. Clusters keep their ids; what became of them is\n"
	     "told in events.csv. The folder is replaced as a whole, or not at all.",
    .opts = opts,
    .args_size = sizeof(struct link_kept_args),
    .defaults = &defaults,
    .run = run,
};
