/* Any bytes as a policy: refused with its place, or a verdict on a document. */
#include "guard/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct report *document(void)
{
	static const struct report_column columns[] = {
	    {"variable", "V", REPORT_TEXT},
	    {"class", "C", REPORT_TEXT},
	    {"below_11", "S", REPORT_PERCENT},
	};
	static const char *const cells[] = {"a", "direct", "0.2", "b", "quasi", ""};
	struct report *doc = report_new("t", "");
	struct report_table *t =
	    report_add_table(doc, "sensitive", "S", REPORT_SHOWN, columns, ARRAY_LEN(columns));

	report_add_fact(doc, "rows", "Rows", "12");
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		report_add_cell(doc, t, "%s", cells[i]);
	return doc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_POLICY struct guard_policy p = {0};
	AUTO_JSON json_t *json = NULL;
	AUTO_REPORT struct report *doc = document();
	AUTO_STR struct str out = {0};
	enum guard_verdict verdict = GUARD_REFUSE;
	struct err err = {0};

	if (json_parse(&json, "fuzz", (struct view){(const char *)data, size}, &err) < 0)
		return 0;
	if (guard_policy_parse(&p, "fuzz", json, &err) < 0 ||
	    guard_policy_judge(&verdict, doc, &p, &err) < 0) {
		if (err.code != ERR_FORMAT)
			abort();
		return 0;
	}
	if (verdict > GUARD_REFUSE)
		abort();
	report_to_terminal(doc, 80, false, &out);
	return 0;
}
