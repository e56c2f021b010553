#include "base/command.h"
#include "desk/play.h"
#include "desk/status_report.h"
#include "io/file.h"
#include "report/options.h"

struct args {
	const char *route, *version, *file;
	date_t start, at;
	struct opt_list events;
	struct report_output output;
};

#define ARG(field) .offset = offsetof(struct args, field)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "route", .kind = OPT_TEXT, ARG(route), .value = "NAME",
        .help = "procedure; without: all of them are listed"},
    {.name = "version", .kind = OPT_TEXT, ARG(version), .value = "V",
        .help = "of the route (default the one in force on --start, else the last)"},
    {.name = "routes", .kind = OPT_TEXT, ARG(file), .value = "FILE",
        .help = "a route more, as JSON"},
    {.name = "start", .kind = OPT_DATE, ARG(start), .value = "DATE",
        .help = "day of the deposit, or of the first event"},
    {.name = "event", .kind = OPT_LIST, ARG(events), .value = "WHAT@DATE",
        .help = "what happens then, as give_opinion:reserved@2024-04-02; repeat"},
    {.name = "at", .kind = OPT_DATE, ARG(at), .value = "DATE",
        .help = "day to look at (default the last event's)"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.start = DATE_NONE, .at = DATE_NONE};

enum { FILE_MAX = 1 << 20 };

static int add_file(struct desk_law *law, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (!path)
		return 0;
	return file_read(path, FILE_MAX, &text, err) < 0
	           ? -1
	           : desk_law_add(law, path_base(path), str_view(&text), err);
}

static const struct desk_route *choose(const struct desk_law *law, const struct args *a)
{
	const struct desk_route *last = NULL;

	if (a->version)
		return desk_law_find(law, VIEW(a->route), VIEW(a->version));
	last = desk_law_current(law, VIEW(a->route), a->start);
	for (size_t i = 0; !last && i < desk_law_count(law); i++)
		if (strcmp(desk_law_route(law, i)->id, a->route) == 0 &&
		    (i + 1 == desk_law_count(law) ||
			strcmp(desk_law_route(law, i + 1)->id, a->route) != 0))
			last = desk_law_route(law, i);
	return last;
}

/* Noon, and a little later for each event of the day. */
static int64_t noon(date_t day, size_t n)
{
	return desk_paris_midnight(day) + ((int64_t)12 * 3600 + (int64_t)n) * 1000000;
}

static int play_one(struct desk_application *app, struct view text, size_t n, struct err *err)
{
	struct view what = VIEW_NONE, command = VIEW_NONE, day_text = text, word;
	AUTO_FREE char *name = NULL, *said = NULL;
	struct desk_event e;
	date_t day;

	if (!view_next(&day_text, '@', &what) || !date_parse(day_text, &day))
		return err_set(err, ERR_USAGE, "--event is WHAT@DATE, as transmit@2024-03-05");
	word = what;
	view_next(&word, ':', &command);
	name = str_format("%.*s", VIEW_ARG(command));
	said = str_format("%.*s", VIEW_ARG(word));
	if (desk_play(app, name, said, app->applicant, noon(day, n), &e, err) < 0)
		return err_wrap(err, "event %zu", n);
	json_decref(e.data);
	return 0;
}

static int play(struct desk_application *app, const struct args *a, struct err *err)
{
	AUTO_FREE char *buf = mem_alloc(DATE_TEXT_SIZE);
	AUTO_FREE char *submit = str_format("submit@%s", date_format(a->start, buf));
	size_t n = 1;

	if (play_one(app, VIEW(submit), n++, err) < 0)
		return -1;
	for (size_t i = 0; i < a->events.items.len; i++)
		if (play_one(app, VIEW(a->events.items.ptr[i]), n++, err) < 0)
			return -1;
	return 0;
}

static int calculate(const struct desk_law *law, const struct args *a, struct err *err)
{
	const struct desk_route *route = choose(law, a);
	AUTO_REPORT struct report *report = NULL;
	struct desk_application app;
	struct desk_event e;
	date_t at;
	int rc;

	if (!route)
		return err_set(err, ERR_USAGE, "no route of this name and version");
	if (a->start == DATE_NONE)
		return err_set(err, ERR_USAGE, "--start is missing");
	e = desk_play_created(route, 1, noon(a->start, 0));
	rc = desk_begin(&app, law, &e, err);
	json_decref(e.data);
	if (rc < 0 || play(&app, a, err) < 0)
		return -1;
	at = a->at == DATE_NONE ? app.day : a->at;
	if (at < app.day)
		return err_set(err, ERR_USAGE, "--at is before the last event");
	app = desk_at(&app, at);
	report = desk_status_report(&app, at, route->name[0], NULL, 0);
	return report_emit(report, &a->output, err);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_LAW struct desk_law *law = NULL;
	AUTO_REPORT struct report *report = NULL;

	if (desk_law_new(&law, err) < 0 || add_file(law, a->file, err) < 0)
		return -1;
	if (a->route)
		return calculate(law, a, err);
	report = desk_routes_report(law);
	return report_emit(report, &a->output, err);
}

const struct command cmd_desk_clocks = {
    .name = "desk clocks",
    .summary = "the legal dates of an application: what is due when, what silence means",
    .about = "A calculator, without a hub: a route, the day of the deposit, what happens then.\n"
	     "Legal days are in Paris, French public holidays are known, each clock has a source.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
