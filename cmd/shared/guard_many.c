#include "shared/guard_many.h"

#include "base/log.h"
#include "guard/check_profile.h"
#include "guard/check_report.h"
#include "guard/delivery_report.h"
#include "guard/report.h"
#include "shared/guard_conform.h"

#include <inttypes.h>

struct many {
	const struct guard_plan *plan;
	struct guard_knowledge knowledge;
	struct guard_delivery delivery;
	struct guard_checks checks;
	struct guard_many report;
	enum guard_verdict verdict; /* the worst */
	date_t today;
	bool has_drift;
};

/* Its own checks and verdict. */
static int finish_part(struct many *m, struct guard_scanned *f, const char *table,
    enum guard_verdict *ret, struct err *err)
{
	AUTO_CHECKS struct guard_checks checks = {0};

	*ret = GUARD_ADMIT;
	if (m->plan->policy.rules.len == 0)
		return 0;
	if (guard_checks_open(&checks, err) < 0)
		return -1;
	guard_check_profile(&checks, &f->csv, &f->findings, table,
	    m->plan->options->structure_only, m->today);
	guard_report_checks(f->report, &checks, false);
	return guard_policy_judge(ret, f->report, &m->plan->policy, err);
}

/* Against the same file of the former delivery. */
static int compare(struct many *m, struct guard_scanned *f, const struct guard_item *item,
    struct err *err)
{
	AUTO_JSON json_t *before = NULL;

	if (!m->plan->before)
		return 0;
	before = guard_document_part(m->plan->before, item->name);
	if (!before) {
		guard_delivery_remark(&m->delivery, item->name, "new", false,
		    "was not in the former delivery");
		return 0;
	}
	if (guard_scanned_compare(f, before, m->plan->baseline, err) < 0)
		return -1;
	m->has_drift = m->has_drift || f->has_drift;
	return 0;
}

static int judge(struct many *m, const struct guard_item *item, struct guard_scanned *f,
    struct err *err)
{
	struct view table = guard_table_name(item->name);
	AUTO_FREE char *name =
	    table.len ? str_format("%.*s", VIEW_ARG(table)) : mem_strdup(item->name);
	enum guard_verdict verdict;

	if (guard_scanned_tell(f, m->plan, item->path, item->name, err) < 0 ||
	    guard_delivery_check(&m->delivery, item, &f->csv, err) < 0)
		return -1;
	guard_check_profile(&m->checks, &f->csv, &f->findings, name,
	    m->plan->options->structure_only, m->today);
	if (compare(m, f, item, err) < 0 || finish_part(m, f, name, &verdict, err) < 0)
		return -1;
	guard_report_order(f->report);
	m->verdict = MAX(m->verdict, verdict);
	guard_many_add(&m->report, item, &f->csv, &f->findings, f->report, f->has_drift,
	    m->plan->policy.rules.len ? guard_verdict_name(verdict) : NULL);
	return 0;
}

/* Files of the former delivery that did not come again. */
static void tell_gone(struct many *m)
{
	const json_t *files = guard_document_rows(m->plan->before, "files"); /* of NULL: NULL */

	for (size_t i = 0; i < json_array_size(files); i++) {
		const char *name = guard_row_text(json_array_get(files, i), "file");
		bool is_here = false;

		for (size_t k = 0; k < m->delivery.items.len; k++)
			is_here = is_here || strcmp(m->delivery.items.ptr[k].name, name) == 0;
		if (!is_here)
			guard_delivery_remark(&m->delivery, name, "gone", true,
			    "was in the former delivery and is not here");
	}
}

/* What is wrong with one file does not stop the others. */
static int take_file(struct many *m, const struct guard_item *item, struct err *err)
{
	AUTO_SCANNED struct guard_scanned f = {0};

	if (guard_scanned_read(&f, m->plan, item->path, &m->knowledge, err) == 0)
		return judge(m, item, &f, err);
	if (err->code != ERR_IO && err->code != ERR_FORMAT && err->code != ERR_LIMIT)
		return -1;
	guard_many_fail(&m->report, item, err);
	*err = (struct err){0};
	return 0;
}

static int conform(struct many *m, struct err *err)
{
	struct guard_conform c = {
	    .path = m->plan->paths[0],
	    .schema = m->plan->schema,
	    .rules = m->plan->rules,
	    .options = m->plan->options,
	};

	return c.schema || c.rules ? guard_conform_run(&c, &m->checks, err) : 0;
}

/* Rules on what is missing are for each file: the document of all has its tables in parts. */
static int judge_together(enum guard_verdict *ret, struct report *doc,
    const struct guard_policy *policy, struct err *err)
{
	struct guard_policy together = *policy;
	int rc;

	together.rules.ptr = NULL;
	together.rules.len = together.rules.cap = 0;
	for (size_t i = 0; i < policy->rules.len; i++)
		if (!policy->rules.ptr[i].is_without)
			*vec_push(&together.rules) = policy->rules.ptr[i];
	rc = guard_policy_judge(ret, doc, &together, err);
	vec_clear(&together.rules);
	return rc;
}

/* Of all files together; what stands in the document is the worst. */
static int judge_all(struct many *m, bool has_findings, struct err *err)
{
	struct report *doc = m->report.doc;
	enum guard_verdict together;

	if (m->plan->policy.rules.len == 0)
		return has_findings;
	if (judge_together(&together, doc, &m->plan->policy, err) < 0)
		return -1;
	m->verdict = MAX(m->verdict, together);
	for (size_t i = 0; i < doc->facts.len; i++)
		if (strcmp(doc->facts.ptr[i].key, "verdict") == 0)
			doc->facts.ptr[i].value = guard_verdict_name(m->verdict);
	report_add_note(doc, "the verdict is the worst of those of each file and of all together");
	return m->verdict == GUARD_REFUSE;
}

static int take_all(struct many *m, struct err *err)
{
	int status;

	for (size_t i = 0; i < m->delivery.items.len; i++)
		if (take_file(m, &m->delivery.items.ptr[i], err) < 0)
			return -1;
	if (conform(m, err) < 0)
		return -1;
	tell_gone(m);
	guard_many_end(&m->report, &m->delivery);
	guard_report_checks(m->report.doc, &m->checks, true);
	/* the checks have every fault, and know which of them pass */
	status = judge_all(m,
	    m->report.with_direct || guard_delivery_has_faults(&m->delivery) ||
		guard_checks_fail(&m->checks) || m->has_drift,
	    err);
	if (status < 0 || report_emit(m->report.doc, m->plan->output, err) < 0)
		return -1;
	log_info("%" PRIu64 " rows in %zu files", m->report.rows, m->report.count);
	if (m->report.unread)
		return err_set(err, ERR_FORMAT, "%zu of %zu files could not be read",
		    m->report.unread, m->report.count);
	return status;
}

int guard_many_run(const struct guard_plan *p, struct err *err)
{
	struct many m = {.plan = p, .today = guard_today()};
	int rc;

	if ((p->schema || p->rules) && p->path_count > 1)
		return err_set(err, ERR_USAGE, "--schema and --rules take one file or one folder");
	if (p->before && !guard_document_rows(p->before, "files"))
		return err_set(err, ERR_FORMAT, "%s: is no document of a scan of many files",
		    p->baseline);
	rc = guard_delivery_find(&m.delivery, p->paths, p->path_count, err);
	if (rc == 0)
		rc = guard_knowledge_load(&m.knowledge, err);
	if (rc == 0)
		rc = guard_checks_open(&m.checks, err);
	if (rc == 0) {
		guard_many_begin(&m.report);
		rc = take_all(&m, err);
	}
	report_free(&m.report.doc);
	guard_checks_clear(&m.checks);
	guard_knowledge_clear(&m.knowledge);
	guard_delivery_clear(&m.delivery);
	return rc;
}
