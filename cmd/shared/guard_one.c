#include "shared/guard_one.h"

#include "base/log.h"
#include "guard/check_profile.h"
#include "guard/classes.h"
#include "guard/partial.h"
#include "io/file.h"
#include "shared/guard_conform.h"

#include <inttypes.h>

/* The tallies of variables that were named: of those found, parts may find others. */
static int count_risk(struct guard_partial *ret, const struct guard_plan *p, struct err *err)
{
	if (p->options->structure_only || !p->risk || strcmp(p->risk, "none") == 0)
		return p->attributes ? err_set(err, ERR_USAGE, "--attributes need --risk A,B,C")
		                     : 0;
	if (strcmp(p->paths[0], "-") == 0)
		return err_set(err, ERR_USAGE, "--risk reads its file twice: - cannot be");
	if (guard_risk_name(&ret->risk, &ret->csv, p->risk, err) < 0)
		return -1;
	if (p->attributes && guard_diversity_name(&ret->diversity, &ret->risk, &ret->csv,
				 p->attributes, err) < 0)
		return -1;
	return guard_classes_count(&ret->risk, &ret->diversity, &ret->csv, p->paths[0],
	    p->options, ret->tallies, ret->pairs, err);
}

static int write_partial(struct guard_scanned *f, const struct guard_plan *p,
    const struct guard_knowledge *knowledge, struct err *err)
{
	AUTO_PARTIAL struct guard_partial partial = {.number = p->part,
	    .structure_only = p->options->structure_only,
	    .csv = f->csv};
	AUTO_STR struct str out = {0};

	f->csv = (struct guard_csv){0};
	if (count_risk(&partial, p, err) < 0)
		return -1;
	guard_partial_format(&partial, &f->findings, knowledge, p->key, &out);
	if (file_write(p->partial, str_view(&out), err) < 0)
		return -1;
	log_info("%" PRIu64 " rows, %zu variables in %s", partial.csv.structure.rows,
	    partial.csv.dialect.names.len, p->partial);
	return 0;
}

/* What the scan answers by itself, then schema and rules. */
static int check(struct guard_checks *ret, const struct guard_scanned *f,
    const struct guard_plan *p, struct err *err)
{
	struct guard_conform conform = {.path = p->paths[0],
	    .schema = p->schema,
	    .rules = p->rules,
	    .options = p->options};

	if (guard_checks_open(ret, err) < 0)
		return -1;
	guard_check_profile(ret, &f->csv, &f->findings, "", p->options->structure_only,
	    guard_today());
	return guard_conform_run(&conform, ret, err);
}

int guard_one_run(const struct guard_plan *p, struct err *err)
{
	AUTO_KNOWLEDGE struct guard_knowledge knowledge = {0};
	AUTO_CHECKS struct guard_checks checks = {0};
	AUTO_SCANNED struct guard_scanned f = {0};
	const char *path = p->paths[0];
	int status;

	if (p->before && guard_document_check(p->before, p->baseline, err) < 0)
		return -1;
	if (guard_knowledge_load(&knowledge, err) < 0 ||
	    guard_scanned_read(&f, p, path, &knowledge, err) < 0)
		return -1;
	if (p->partial)
		return write_partial(&f, p, &knowledge, err);
	if (guard_scanned_tell(&f, p, path, path, err) < 0 || check(&checks, &f, p, err) < 0)
		return -1;
	status = guard_scanned_end(&f, p, &checks, err);
	if (status >= 0)
		log_info("%" PRIu64 " rows, %zu variables in %s", f.csv.structure.rows,
		    f.csv.dialect.names.len, path);
	return status;
}
