#include "base/command.h"
#include "base/log.h"
#include "base/run_options.h"
#include "io/file.h"
#include "link/evaluate.h"
#include "link/review_labels.h"
#include "link/review_page.h"
#include "link/review_session.h"
#include "link/review_summary.h"
#include "report/options.h"

#include <unistd.h>

struct args {
	const char *folder;
	const char *labels;
	int64_t pairs, seed;
	const char *second;
	const char *arbitrate;
	const char *html;
	bool summary, reveal;
	int lang; /* enum link_lang */
	struct run_options run;
	struct report_output output;
};

static const struct args defaults = {.run = RUN_DEFAULTS};

#define ARG(member) .offset = offsetof(struct args, member)

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, ARG(folder), .value = "DIR", .help = "folder that hygie link run made",
        .required = true},
    {.name = "labels", .kind = OPT_OUTPUT, ARG(labels), .value = "FILE",
        .help = "labels of this reader: written after each answer, gone on with if it is there"},
    {.name = "pairs", .kind = OPT_INT, ARG(pairs), .value = "N",
        .help = "pairs to draw; 0: as FILE was begun, else 200", .max = LINK_REVIEW_PAIRS_MAX},
    {.name = "seed", .kind = OPT_INT, ARG(seed), .value = "S",
        .help = "another seed, other pairs; 0: as FILE was begun, else 1"},
    {.name = "summary", .kind = OPT_FLAG, ARG(summary),
        .help = "show nothing of the pairs: precision and recall from FILE; with --second how "
                "well two readers agree"},
    {.name = "second", .kind = OPT_TEXT, ARG(second), .value = "FILE2",
        .help = "labels of a second reader"},
    {.name = "arbitrate", .kind = OPT_OUTPUT, ARG(arbitrate), .value = "FINAL",
        .help = "show the pairs on which FILE and FILE2 disagree; FINAL holds what both said "
                "and what is said now"},
    {.name = "html", .kind = OPT_OUTPUT, ARG(html), .value = "PAGE",
        .help = "write a page to judge the pairs in a browser; it holds identities (mode 0600)"},
    {.name = "reveal", .kind = OPT_FLAG, ARG(reveal),
        .help = "tell weight and decision after each answer; else they stay hidden"},
    {.name = "lang", .kind = OPT_CHOICE, ARG(lang), .value = LINK_LANG_WORDS,
        .help = "of what the reader sees"},
    RUN_OPTIONS(struct args, run),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

/* What a review stands on, opened once whatever is done with it. */
struct work {
	struct link_job job;
	struct link_review review;
	struct link_label_file file[2], final;
	enum link_answer *answer[2];
	struct link_texts texts;
};

static void work_clear(struct work *w)
{
	link_texts_clear(&w->texts);
	for (int i = 0; i < 2; i++) {
		link_label_file_clear(&w->file[i]);
		free(w->answer[i]);
	}
	link_label_file_clear(&w->final);
	link_review_clear(&w->review);
	link_job_clear(&w->job);
}

static int check_args(const struct args *a, struct err *err)
{
	if (!a->labels && !a->html)
		return err_set(err, ERR_USAGE, "--labels FILE is needed");
	if (a->second && !a->summary && !a->arbitrate)
		return err_set(err, ERR_USAGE, "--second goes with --summary or --arbitrate");
	if (a->arbitrate && !a->second)
		return err_set(err, ERR_USAGE, "--arbitrate needs --second FILE2");
	if ((a->summary && a->arbitrate) || (a->html && (a->summary || a->arbitrate)))
		return err_set(err, ERR_USAGE, "one of --summary, --arbitrate and --html");
	if (!a->summary && (a->output.format || a->output.html_path))
		return err_set(err, ERR_USAGE, "--format and --report go with --summary");
	if (a->second && path_is_same(a->labels, a->second))
		return err_set(err, ERR_USAGE, "--second names the same file as --labels");
	if (a->arbitrate &&
	    (path_is_same(a->arbitrate, a->labels) || path_is_same(a->arbitrate, a->second)))
		return err_set(err, ERR_USAGE, "--arbitrate names a file of one reader");
	return 0;
}

static int read_files(struct work *w, const struct args *a, struct err *err)
{
	bool must_be_there = a->summary || a->second;

	if (a->labels && link_label_file_read(&w->file[0], a->labels, !must_be_there, err) < 0)
		return -1;
	if (a->second && link_label_file_read(&w->file[1], a->second, false, err) < 0)
		return -1;
	if (a->arbitrate && link_label_file_read(&w->final, a->arbitrate, true, err) < 0)
		return -1;
	return 0;
}

/* Said by an option, else by the files, else the default. */
static int draw(struct work *w, const struct args *a, struct err *err)
{
	const struct link_label_file *files[] = {&w->file[0], &w->file[1], &w->final};
	uint64_t seed = (uint64_t)a->seed;
	uint64_t pairs = 0;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		seed = seed ? seed : files[i]->seed;
		pairs = MAX(pairs, files[i]->wanted);
	}
	if (a->pairs)
		pairs = (uint64_t)a->pairs;
	return link_review_draw(&w->review, &w->job, seed ? seed : LINK_REVIEW_SEED,
	    pairs ? pairs : LINK_REVIEW_PAIRS, err);
}

static int match(struct work *w, const struct args *a, struct err *err)
{
	struct link_review *r = &w->review;
	const struct link_label_file *mine = a->arbitrate ? &w->final : &w->file[0];
	enum link_answer *now = mem_zalloc(r->pairs.len, sizeof(*now));
	int rc = link_label_file_match(mine, r, now, err);

	for (size_t i = 0; i < r->pairs.len; i++)
		r->pairs.ptr[i].answer = now[i];
	free(now);
	for (int i = 0; rc == 0 && a->second && i < 2; i++) {
		w->answer[i] = mem_zalloc(r->pairs.len, sizeof(*w->answer[i]));
		rc = link_label_file_match(&w->file[i], r, w->answer[i], err);
	}
	return rc;
}

static int summarise(struct work *w, const struct args *a, struct err *err)
{
	struct link_readings two = {
	    {a->labels, a->second}, {w->answer[0], w->answer[1]}};
	AUTO_REPORT struct report *report =
	    a->second ? link_review_agreement(&w->review, &two)
		      : link_review_report(&w->review, a->labels);

	return report_emit(report, &a->output, err);
}

static int converse(struct work *w, const struct args *a, struct err *err)
{
	const char *no_colour = getenv("NO_COLOR");
	struct link_session s = {.review = &w->review,
	    .texts = &w->texts,
	    .labels = a->arbitrate ? a->arbitrate : a->labels,
	    .in = STDIN_FILENO,
	    .out = STDOUT_FILENO,
	    .colour = !no_colour || !*no_colour,
	    .reveal = a->reveal};
	struct link_readings two = {
	    {a->labels, a->second}, {w->answer[0], w->answer[1]}};
	struct link_review_count c;

	if (a->arbitrate)
		link_review_settle(&w->review, &two);
	if (link_review_save(&w->review, s.labels, err) < 0 || link_session_run(&s, err) < 0)
		return -1;
	c = link_review_counts(&w->review);
	log_info("%zu of %zu pairs answered, in %s", c.done, c.shown, s.labels);
	return 0;
}

static int show(struct work *w, const struct args *a, struct progress *progress, struct err *err)
{
	link_texts_open(&w->texts, (enum link_lang)a->lang);
	if (link_review_read(&w->review, progress, err) < 0)
		return -1;
	if (!a->html)
		return converse(w, a, err);
	if (link_review_page(&w->review, &w->texts, a->html, err) < 0)
		return -1;
	log_info("%zu pairs in %s: it holds identities", w->review.pairs.len, a->html);
	return 0;
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO(work_clear)
	struct work w = {0};
	AUTO_LINK_LABEL_LOCK struct link_label_lock lock = {.fd = -1};
	struct progress progress;
	int threads = run_options_apply(&a->run, &progress);

	if (check_args(a, err) < 0)
		return -1;
	if (!a->summary && !a->html &&
	    link_label_lock(&lock, a->arbitrate ? a->arbitrate : a->labels, err) < 0)
		return -1;
	if (read_files(&w, a, err) < 0 ||
	    link_job_open(&w.job, a->folder, threads, &progress, err) < 0 ||
	    link_job_read_results(&w.job, err) < 0 || draw(&w, a, err) < 0 ||
	    match(&w, a, err) < 0)
		return -1;
	return a->summary ? summarise(&w, a, err) : show(&w, a, &progress, err);
}

const struct command cmd_link_review = {
    .name = "link review",
    .summary = "judge pairs of a linkage blind, and what the judgements tell",
    .about =
	"Draws pairs of a run, the doubtful ones and some of every weight, and shows them one\n"
	"by one: y one person, n two persons, ? cannot say, b back, f next, q stop. What the\n"
	"model says stays hidden. On a terminal a key answers; elsewhere a line does. What is\n"
	"shown are identities; FILE holds ids of records only, for hygie link train --labels.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
