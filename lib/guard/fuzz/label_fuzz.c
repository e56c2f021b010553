/* Any bytes as a form and as a scan: a label with a score of 0 to 100, or a refusal. */
#include "guard/quantum_report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_label(const struct quantum_label *q)
{
	AUTO_REPORT struct report *doc = quantum_report(q);
	AUTO_STR struct str out = {0};
	double score = quantum_score(q);

	if (!(score >= 0 && score < 100.0001) || quantum_stars(score) > 5)
		abort();
	quantum_turtle(q, &out);
	quantum_form_write(q, &out);
	report_to_html(doc, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_QUANTUM struct quantum_label q = {0};
	AUTO_JSON json_t *doc = NULL;
	struct err err = {0};
	const char *name = "fuzz";

	if (json_parse(&doc, name, (struct view){(const char *)data, size}, &err) < 0)
		return 0;
	if (quantum_open(&q, &err) < 0)
		abort();
	if (quantum_scan_read(&q, (const json_t *const *)&doc, &name, 1, &err) < 0 &&
	    err.code != ERR_FORMAT)
		abort();
	if (quantum_form_read(&q, name, doc, &err) < 0 && err.code != ERR_FORMAT)
		abort();
	check_label(&q);
	return 0;
}
