#include "base/command.h"
#include "shared/link_kept.h"

static const struct link_kept_args defaults = LINK_KEPT_DEFAULTS;

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct link_kept_args, folder), .value = "DIR",
        .help = "folder that hygie link run --keep made", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct link_kept_args, input), .value = "FILE",
        .help = "table with the ids of the records that leave; CSV or Parquet", .required = true},
    {.name = "source", .kind = OPT_CHOICE, .offset = offsetof(struct link_kept_args, source),
        .value = "left|right", .help = "of two: whose records they are"},
    {.name = "skip-unknown", .kind = OPT_FLAG, .offset = offsetof(struct link_kept_args, skip),
        .help = "leave out rows whose id no record has, and count them"},
    RUN_OPTIONS(struct link_kept_args, run),
    REPORT_OPTIONS(struct link_kept_args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	return link_kept_change(args, link_remove, err);
}

const struct command cmd_link_remove = {
    .name = "link remove",
    .summary = "records out of a linkage that is kept",
    .about = "For a person who asks to be forgotten, or who objects: their records, ids, pairs\n"
	     "and the values that nobody else has leave the folder. Clusters that only they\n"
	     "held together are split; events.csv tells which.",
    .opts = opts,
    .args_size = sizeof(struct link_kept_args),
    .defaults = &defaults,
    .run = run,
};
