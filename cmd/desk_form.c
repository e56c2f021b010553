#include "base/command.h"
#include "base/log.h"
#include "desk/form_report.h"
#include "io/file.h"
#include "report/options.h"

struct args {
	const char *form;
	const char *answers;
	int language;
	bool quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, form), .value = "FORM",
        .help = "name of a form, or a JSON file", .required = true},
    {.name = "answers", .kind = OPT_TEXT, .offset = offsetof(struct args, answers),
        .value = "FILE", .help = "JSON object of answers to check; without it the fields are "
                                 "listed"},
    {.name = "language", .kind = OPT_CHOICE, .offset = offsetof(struct args, language),
        .value = "en|fr", .help = "of labels and of what is missing"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

enum { FORM_MAX = 1 << 20 };

static int open_form(struct desk_form *ret, const char *form, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (!view_ends(VIEW(form), VIEW_LIT(".json")))
		return desk_form_find(ret, form, err);
	return file_read(form, FORM_MAX, &text, err) < 0
	           ? -1
	           : desk_form_parse(ret, form, str_view(&text), err);
}

static int check(const struct args *a, const struct desk_form *form, struct err *err)
{
	AUTO_DESK_PROBLEMS struct desk_problems problems = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_JSON json_t *answers = NULL;

	if (json_read(&answers, a->answers, err) < 0)
		return -1;
	if (!json_is_object(answers))
		return err_set(err, ERR_FORMAT, "%s: answers are a JSON object", a->answers);
	desk_form_check(form, answers, &problems);
	report = desk_problems_report(form, answers, &problems, (enum desk_language)a->language);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu problems in %s", problems.all.len, a->answers);
	return problems.all.len > 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_FORM struct desk_form form = {0};
	AUTO_REPORT struct report *report = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (open_form(&form, a->form, err) < 0)
		return -1;
	if (a->answers)
		return check(a, &form, err);
	report = desk_form_report(&form, (enum desk_language)a->language);
	return report_emit(report, &a->output, err);
}

const struct command cmd_desk_form = {
    .name = "desk form",
    .summary = "the fields of an application form, or what answers to it lack",
    .about = "Forms are data: each field has its source in the law and its labels in English and\n"
	     "French. With --answers it says what is missing or wrong, by section; answers are\n"
	     "never shown. Exit status 1 when something is missing.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
