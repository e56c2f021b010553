#include "base/command.h"
#include "base/embed.h"
#include "base/log.h"
#include "desk/fee_report.h"
#include "io/file.h"
#include "report/options.h"

struct args {
	const char *tariff;
	const char *request;
	bool quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "tariff", .kind = OPT_TEXT, .offset = offsetof(struct args, tariff),
        .value = "FILE", .help = "JSON tariff (default: an example that nobody charges)"},
    {.name = "request", .kind = OPT_TEXT, .offset = offsetof(struct args, request),
        .value = "FILE", .help = "JSON: date, class of applicant, quantities, holders' parts",
        .required = true},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

enum { FILE_MAX = 1 << 20 };

static int open_tariff(struct desk_tariff *ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (!path)
		return desk_tariff_parse(ret, "desk/data/tariff.json",
		    embed_find("desk/data/tariff.json"), err);
	return file_read(path, FILE_MAX, &text, err) < 0
	           ? -1
	           : desk_tariff_parse(ret, path, str_view(&text), err);
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_DESK_TARIFF struct desk_tariff tariff = {0};
	AUTO_DESK_BILL struct desk_bill bill = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_STR struct str text = {0};
	AUTO_STR struct str total = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (open_tariff(&tariff, a->tariff, err) < 0 ||
	    file_read(a->request, FILE_MAX, &text, err) < 0 ||
	    desk_bill_make(&bill, &tariff, a->request, str_view(&text), err) < 0)
		return -1;
	report = desk_bill_report(&bill);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	desk_cents_text(bill.total, &total);
	log_info("%s: %s %s for %s", desk_fee_stage_names[bill.stage], str_get(&total),
	    tariff.currency, a->request);
	return 0;
}

const struct command cmd_desk_fees = {
    .name = "desk fees",
    .summary = "what an application costs: estimate, withdrawal, invoice",
    .about = "A tariff file and quantities give lines with prices, deductions and references, the\n"
	     "part of each data holder and the total, in whole cents (Art. 62 EHDS).",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
