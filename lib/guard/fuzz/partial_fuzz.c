/*
 * Any bytes as a partial, sealed so that they are read: refused, or merged with themselves and
 * reported.
 */
#include "guard/check_profile.h"
#include "guard/partial.h"
#include "guard/report.h"

#include "base/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct guard_knowledge knowledge;

static void judge(const struct guard_partial *p)
{
	AUTO_FINDINGS struct guard_findings findings = {0};
	AUTO_CHECKS struct guard_checks checks = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_STR struct str json = {0};
	struct err err = {0};

	if (guard_checks_open(&checks, &err) < 0)
		abort();
	guard_findings_make(&findings, &p->csv, &knowledge);
	guard_check_profile(&checks, &p->csv, &findings, "", p->structure_only, 20000);
	report = guard_report(&p->csv, &findings, &p->risk, "fuzz");
	report_to_json(report, &json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_STR struct str bytes = {0};
	AUTO_PARTIAL struct guard_partial whole = {0};
	struct guard_partial parts[2] = {0};
	struct err err = {0};
	uint64_t seal;

	if (!knowledge.kinds.len && guard_knowledge_load(&knowledge, &err) < 0)
		abort();
	str_add(&bytes, (struct view){(const char *)data, size});
	seal = hash_xxh3(str_view(&bytes));
	str_add(&bytes, (struct view){(const char *)&seal, sizeof(seal)});
	if (guard_partial_parse(&parts[0], str_view(&bytes), "fuzz", NULL, &err) < 0)
		return 0;
	if (guard_partial_parse(&parts[1], str_view(&bytes), "fuzz", NULL, &err) < 0)
		abort();
	parts[0].number = parts[1].number = 0;
	if (guard_partial_merge(&whole, parts, 2, &err) == 0)
		judge(&whole);
	for (size_t i = 0; i < 2; i++)
		guard_partial_clear(&parts[i]);
	return 0;
}
