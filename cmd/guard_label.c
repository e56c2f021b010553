#include "base/command.h"
#include "base/log.h"
#include "guard/quantum_report.h"
#include "io/file.h"
#include "report/options.h"

struct args {
	struct opt_list scans;
	const char *form;
	const char *template;
	const char *turtle;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, scans), .value = "SCAN.json",
        .help = "what hygie guard scan --format json said of the files of the dataset"},
    {.name = "form", .kind = OPT_TEXT, .offset = offsetof(struct args, form),
        .value = "FORM.json", .help = "what no scan can prove, filled in"},
    {.name = "template", .kind = OPT_OUTPUT, .offset = offsetof(struct args, template),
        .value = "FILE", .help = "write the form to fill in, with the levels known so far"},
    {.name = "turtle", .kind = OPT_OUTPUT, .offset = offsetof(struct args, turtle),
        .value = "FILE", .help = "write the label as DCAT and DQV"},
    REPORT_OPTIONS(struct args, output),
    REPORT_LANGUAGE_OPTION(struct args, output),
    {0},
};
/* clang-format on */

static int read_scans(struct quantum_label *q, const struct opt_list *paths, struct err *err)
{
	size_t count = paths->items.len;
	json_t **docs = mem_zalloc(count + 1, sizeof(*docs));
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = json_read(&docs[i], paths->items.ptr[i], err);
	if (rc == 0)
		rc = quantum_scan_read(q, (const json_t *const *)docs, paths->items.ptr, count,
		    err);
	for (size_t i = 0; i < count; i++)
		json_clear(&docs[i]);
	free(docs);
	return rc;
}

static int read_form(struct quantum_label *q, const char *path, struct err *err)
{
	AUTO_JSON json_t *form = NULL;

	if (!path)
		return 0;
	if (json_read(&form, path, err) < 0)
		return -1;
	return quantum_form_read(q, path, form, err);
}

typedef void write_fn(const struct quantum_label *q, struct str *out);

static int write_text(const char *path, write_fn *write, const struct quantum_label *q,
    struct err *err)
{
	AUTO_STR struct str text = {0};

	if (!path)
		return 0;
	write(q, &text);
	return file_write(path, str_view(&text), err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_QUANTUM struct quantum_label label = {0};
	AUTO_REPORT struct report *report = NULL;

	if (a->scans.items.len == 0 && !a->form && !a->template) {
		(void)err_set(err, ERR_USAGE, "nothing to make a label from");
		return err_hint(err, "name the JSON of scans, or --form; --template writes one");
	}
	if (quantum_open(&label, err) < 0 || read_scans(&label, &a->scans, err) < 0 ||
	    read_form(&label, a->form, err) < 0 ||
	    write_text(a->template, quantum_form_write, &label, err) < 0 ||
	    write_text(a->turtle, quantum_turtle, &label, err) < 0)
		return -1;
	if (a->template)
		return 0;
	report = quantum_report(&label);
	return report_emit(report, &a->output, err);
}

const struct command cmd_guard_label = {
    .name = "guard label",
    .summary = "the QUANTUM label of a dataset: score, stars, picture, Turtle",
    .about = "Levels come from scans where these prove them (completeness, precision, and with\n"
	     "a schema, rules or a former delivery: validity, consistency, coherence), and from\n"
	     "a form for the rest. What nobody tells counts 0.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
