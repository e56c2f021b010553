/* The first journey, as the commands a user would type. */
#include "base/arena.h"
#include "base/command.h"
#include "base/log.h"

#include <stdio.h>

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

static int play(const struct args *a)
{
	AUTO_FREE char *synth = str_format("hygie snds synth --patients %lld --years 2018-2022 "
					   "--seed %lld --out @/snds --force",
	    (long long)a->patients, (long long)a->seed);
	int status = step("A synthetic SNDS: real tables, invented people", synth, a->dir);

	if (status == 0)
		status = step(
		    "The same data as OMOP, with the rules of the SNDS applied and counted",
		    "hygie omop build --from snds @/snds --out @/cdm --force --report @/omop.html",
		    a->dir);
	if (status == 0)
		status = step("First strokes and infarctions a year, small counts hidden",
		    "hygie study incidence @/cdm --outcome stroke=condition:I63* --outcome "
		    "infarction=condition:I21* --denominator age:30-150/sex:male,female/prior:365 "
		    "--min-cell 11 --report @/incidence.html",
		    a->dir);
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

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	int status = play(a);

	if (status > 1)
		return stopped(status, err);
	log_info(
	    "\nOpen %s/incidence.html in a browser; %s/omop.html shows what the filters removed.",
	    a->dir, a->dir);
	return status;
}

const struct command cmd_demo = {
    .name = "demo",
    .summary = "the first journey: synthetic SNDS, OMOP, incidence, report",
    .about =
	"Plays three commands and shows each before it runs. Playing it again replaces what it\n"
	"made.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
