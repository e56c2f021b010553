/* The first journey, as the commands a user would type. */
#include "base/arena.h"
#include "base/command.h"
#include "base/date.h"
#include "base/log.h"
#include "shared/demo_hub.h"

#include <stdio.h>
#include <time.h>

struct args {
	const char *dir;
	int64_t patients, seed;
};

static const struct opt opts[] = {
    {.name = "dir",
	.kind = OPT_TEXT,
	.offset = offsetof(struct args, dir),
	.value = "DIR",
	.help = "folder for everything it makes"},
    {.name = "patients",
	.kind = OPT_INT,
	.offset = offsetof(struct args, patients),
	.value = "N",
	.help = "patients of the synthetic SNDS",
	.min = 100,
	.max = 10000000},
    {.name = "seed",
	.kind = OPT_INT,
	.offset = offsetof(struct args, seed),
	.value = "S",
	.help = "another seed, another nation",
	.min = 0},
    {0},
};

static const struct args defaults = {.dir = "hygie-demo", .patients = 20000, .seed = 1};

enum { WORDS_MAX = 32 };

/* Words are split at spaces; @ stands for the folder, which may hold some. */
static int step(const char *title, const char *line, const char *dir)
{
	AUTO_ARENA struct arena arena = {0};
	char *argv[WORDS_MAX + 1] = {NULL};
	struct view rest = VIEW(line);
	struct view word;
	int argc = 0;

	printf("\n── %s\n$", title);
	while (argc < WORDS_MAX && view_next(&rest, ' ', &word)) {
		bool folder = word.len && word.ptr[0] == '@';

		argv[argc] =
		    folder ? arena_format(&arena, "%s%.*s", dir, (int)word.len - 1, word.ptr + 1)
			   : arena_strdup(&arena, word);
		printf(strpbrk(argv[argc], " *;&|") ? " '%s'" : " %s", argv[argc]);
		argc++;
	}
	fputs("\n\n", stdout);
	return command_main(command_all, argc, argv);
}

struct scene {
	const char *title, *line;
};

static int play(const struct args *a)
{
	static const struct scene scenes[] = {
	    {"The same data as OMOP, with the rules of the SNDS applied and counted",
		"hygie omop build --from snds @/snds --out @/cdm --force --report @/omop.html"},
	    {"First strokes and infarctions a year, small counts hidden",
		"hygie study incidence @/cdm --outcome stroke=condition:I63* --outcome "
		"infarction=condition:I21* --denominator age:30-150/sex:male,female/prior:365 "
		"--min-cell 11 --report @/incidence.html"},
	};
	AUTO_FREE char *synth = str_format("hygie snds synth --patients %lld --years 2018-2022 "
					   "--seed %lld --out @/snds --force",
	    (long long)a->patients, (long long)a->seed);
	int status = step("A synthetic SNDS: real tables, invented people", synth, a->dir);

	for (size_t i = 0; status == 0 && i < ARRAY_LEN(scenes); i++)
		status = step(scenes[i].title, scenes[i].line, a->dir);
	return status;
}

/* Begun some months ago, so that many are still going on. */
static int fill_desk(const struct args *a)
{
	date_t today = (date_t)(time(NULL) / 86400);
	char until[DATE_TEXT_SIZE];
	AUTO_FREE char *line = str_format("hygie desk synth @/hub --applications 120 --year %d "
					  "--until %s --quiet",
	    date_to_civil(today - 120).year, date_format(today - 1, until));

	return step("A year of the access desk, by the law, up to yesterday", line, a->dir);
}

/* A catalogue with descriptions that lack something is a finding, and still a catalogue. */
static int fill_hub(const struct args *a)
{
	static const struct scene scenes[] = {
	    {"Public sheets of projects", "hygie register synth --projects 300 --out @/hub"},
	    {"A catalogue: bases that public documents name",
		"hygie catalog sample --out @/catalog.ttl --base http://127.0.0.1:8080"},
	    {"The same among the records of the hub",
		"hygie catalog import @/hub @/catalog.ttl --quiet"},
	};
	int status = step("A hub: its folder, its keys, its records",
	    "hygie hub init @/hub --conf @/hub.conf", a->dir);

	if (status == 0)
		status = fill_desk(a);
	for (size_t i = 0; status <= 1 && i < ARRAY_LEN(scenes); i++)
		status = step(scenes[i].title, scenes[i].line, a->dir);
	return status;
}

/* The step has said what is wrong; its exit status is the demo's. */
static int stopped(int status, struct err *err)
{
	static const enum err_code codes[] = {[2] = ERR_USAGE, [3] = ERR_FORMAT, [4] = ERR_DENIED};
	enum err_code code = status == 130   ? ERR_CANCELLED
	                     : status == 141 ? ERR_CLOSED
	                                     : ERR_INTERNAL;

	if ((size_t)status < ARRAY_LEN(codes))
		code = codes[status];
	return err_set(err, code, "the demo stopped there");
}

static void offer(const struct args *a)
{
	printf("\n  A code for a secret, un code pour un secret: an authenticator app, or\n"
	       "    oathtool --totp -b SECRET\n"
	       "\n── Open the hub, ouvrir la plateforme "
	       "(only on this machine, uniquement sur cette machine):\n"
	       "\n    hygie serve --hub %s/hub\n"
	       "\n    http://127.0.0.1:8080/en   http://127.0.0.1:8080/fr\n\n",
	    a->dir);
	(void)fflush(stdout); /* what is lost there is told at the program's end */
	log_info("Open %s/incidence.html in a browser; "
		 "%s/omop.html shows what the filters removed.",
	    a->dir, a->dir);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	int status;

	if (demo_hub_check(a->dir, err) < 0)
		return -1;
	status = play(a);
	if (status > 1)
		return stopped(status, err);
	if (demo_hub_begin(a->dir, err) < 0)
		return -1;
	if (fill_hub(a) > 1)
		return stopped(5, err);
	if (demo_hub_people(a->dir, err) < 0)
		return -1;
	offer(a);
	return status;
}

const struct command cmd_demo = {
    .name = "demo",
    .summary = "the first journey: synthetic SNDS, OMOP, incidence, a hub to open",
    .about =
	"Plays the commands that a user would type, and shows each before it runs. At its end\n"
	"stand a hub with a filled desk, register and catalogue, and how each role signs in.\n"
	"Playing it again replaces what it made.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
