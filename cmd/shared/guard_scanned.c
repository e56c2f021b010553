#include "shared/guard_scanned.h"

#include "base/secret.h"
#include "guard/check_report.h"
#include "guard/classes.h"
#include "guard/report.h"
#include "io/file.h"

#include <time.h>

date_t guard_today(void)
{
	return (date_t)(time(NULL) / 86400);
}

/* A secret of 32 bytes and more, as `head -c 32 /dev/urandom` makes one. */
static int read_key(struct guard_plan *p, struct err *err)
{
	enum { KEY_FILE_MAX = 1 << 16 };
	AUTO_SECRET_STR struct str bytes = {0};

	if (file_read(p->key_file, KEY_FILE_MAX, &bytes, err) < 0)
		return -1;
	if (bytes.len < SECRET_KEY_SIZE) {
		(void)err_set(err, ERR_FORMAT, "%s: fewer than %d bytes", p->key_file,
		    SECRET_KEY_SIZE);
		return err_hint(err, "make a key: head -c 32 /dev/urandom");
	}
	if (secret_new(&p->key, SECRET_KEY_SIZE, err) < 0)
		return -1;
	secret_key_of(p->key, str_view(&bytes));
	return 0;
}

int guard_plan_read(struct guard_plan *p, struct err *err)
{
	if (p->key_file && read_key(p, err) < 0)
		return -1;
	if (p->baseline && json_read(&p->before, p->baseline, err) < 0)
		return -1;
	return p->policy_file ? guard_policy_read(&p->policy, p->policy_file, err) : 0;
}

void guard_plan_clear(struct guard_plan *p)
{
	json_decref(p->before);
	p->before = NULL;
	secret_free(&p->key);
	guard_policy_clear(&p->policy);
}

int guard_scanned_read(struct guard_scanned *f, const struct guard_plan *p, const char *path,
    const struct guard_knowledge *k, struct err *err)
{
	const char *real = strcmp(path, "-") == 0 ? "/dev/stdin" : path;

	if (guard_csv_scan(&f->csv, real, p->options, err) < 0)
		return -1;
	guard_findings_make(&f->findings, &f->csv, k);
	return 0;
}

/* The variables found, or those named: to be judged together. */
static int choose_risk(struct guard_scanned *f, const struct guard_plan *p, const char *path,
    struct err *err)
{
	f->risk = (struct guard_risk){0};
	if (p->options->structure_only || (p->risk && strcmp(p->risk, "none") == 0))
		return 0;
	if (strcmp(path, "-") == 0)
		return p->risk ? err_set(err, ERR_USAGE,
				     "--risk reads its file twice: - cannot be")
		               : 0;
	if (!p->risk)
		guard_risk_propose(&f->risk, &f->findings);
	else if (guard_risk_name(&f->risk, &f->csv, p->risk, err) < 0)
		return -1;
	return 0;
}

int guard_scanned_attributes(struct guard_diversity *ret, const struct guard_plan *p,
    const struct guard_csv *c, const struct guard_risk *risk, const struct guard_findings *f,
    struct err *err)
{
	if (!p->attributes) {
		guard_diversity_propose(ret, risk, f);
		return 0;
	}
	if (risk->count == 0)
		return err_set(err, ERR_USAGE, "--attributes are judged in classes: name their "
					       "variables (--risk A,B,C)");
	return guard_diversity_name(ret, risk, c, p->attributes, err);
}

int guard_scanned_tell(struct guard_scanned *f, const struct guard_plan *p, const char *path,
    const char *name, struct err *err)
{
	struct guard_diversity diversity = {0};

	if (choose_risk(f, p, path, err) < 0 ||
	    guard_scanned_attributes(&diversity, p, &f->csv, &f->risk, &f->findings, err) < 0)
		return -1;
	if (guard_classes_measure(&f->risk, &diversity, &f->csv, path, p->options, err) < 0)
		return -1;
	f->report = guard_report(&f->csv, &f->findings, &f->risk, name);
	guard_report_diversity(f->report, &diversity, &f->csv);
	return 0;
}

int guard_scanned_compare(struct guard_scanned *f, const json_t *before, const char *name,
    struct err *err)
{
	AUTO_DRIFT struct guard_drift drift = {0};

	if (!before)
		return 0;
	if (guard_drift_find(&drift, before, name, &f->csv, &f->findings, err) < 0)
		return -1;
	guard_report_drift(f->report, &drift, &f->csv);
	f->has_drift = guard_drift_fails(&drift);
	return 0;
}

bool guard_scanned_has_findings(const struct guard_scanned *f, const struct guard_checks *checks)
{
	return guard_has_faults(&f->csv.structure) || guard_has_direct(&f->findings) ||
	       guard_checks_fail(checks) || f->has_drift;
}

/* 0 or 1; a policy decides alone. */
static int judge(struct guard_scanned *f, const struct guard_policy *policy,
    const struct guard_checks *checks, struct err *err)
{
	enum guard_verdict verdict;

	if (policy->rules.len == 0)
		return guard_scanned_has_findings(f, checks);
	if (guard_policy_judge(&verdict, f->report, policy, err) < 0)
		return -1;
	return verdict == GUARD_REFUSE;
}

int guard_scanned_end(struct guard_scanned *f, const struct guard_plan *p,
    const struct guard_checks *checks, struct err *err)
{
	int status;

	guard_report_checks(f->report, checks, false);
	if (guard_scanned_compare(f, p->before, p->baseline, err) < 0)
		return -1;
	status = judge(f, &p->policy, checks, err);
	if (status < 0)
		return -1;
	guard_report_order(f->report);
	return report_emit(f->report, p->output, err) < 0 ? -1 : status;
}

void guard_scanned_clear(struct guard_scanned *f)
{
	report_free(&f->report);
	guard_findings_clear(&f->findings);
	guard_csv_clear(&f->csv);
}
