#include "base/command.h"
#include "base/log.h"
#include "hub/hub.h"
#include "shared/hub_modules.h"
#include "shared/register.h"

struct args {
	const char *hub, *file;
	bool dry, quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, file), .value = "FILE",
        .help = "JSON: a sheet, an array of them, or an export", .required = true},
    {.name = "dry-run", .kind = OPT_FLAG, .offset = offsetof(struct args, dry),
        .help = "say what would change, change nothing"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

/* The array of sheets that the file holds; the caller's. */
static json_t *sheets_of(json_t *read)
{
	json_t *inside = json_object_get(read, "sheets");

	if (json_is_array(read))
		return json_incref(read);
	return json_is_array(inside) ? json_incref(inside) : json_pack("[O]", read);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_JSON json_t *read = NULL;
	AUTO_JSON json_t *sheets = NULL;
	struct register_rows rows;
	size_t counts[REGISTER_OUTCOMES] = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (json_read(&read, a->file, err) < 0)
		return -1;
	sheets = sheets_of(read);
	rows = register_array_rows(sheets);
	if (hub_open(&hub, a->hub, 1, hub_modules, err) < 0)
		return -1;
	if (register_write_all(hub->store, &rows, a->dry, counts, err) < 0)
		return err_wrap(err, "%s", a->file);
	log_info("%zu sheets %s, %zu %s, %zu as they were", counts[REGISTER_ADDED],
	    a->dry ? "to add" : "added", counts[REGISTER_CHANGED],
	    a->dry ? "to change" : "changed", counts[REGISTER_SAME]);
	return 0;
}

const struct command cmd_register_publish = {
    .name = "register publish",
    .summary = "add sheets to the register of a hub, or change them",
    .about = "Each object names a sheet by its reference. Fields it has replace those of the\n"
	     "sheet, null removes one, what it does not name stays (RFC 7396). Each change is a\n"
	     "version, and a record of the audit log.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
