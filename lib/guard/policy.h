/*
 * Rules that turn what a scan found into a verdict: admit, review or refuse. A rule looks at
 * the rows of one table of the document; docs/guard-policy.md has the form.
 *
 *   {"policy": "title", "rules": [
 *     {"id": "identity", "table": "sensitive", "where": {"class": "direct",
 *      "confidence": ["medium", "high"]}, "rows": 1, "verdict": "refuse", "reason": "…"},
 *     {"id": "no_schema", "without": "checks", "verdict": "review", "reason": "…"}]}
 *
 * where: a column is a text or number, one of a list, {"none_of": [...]}, {"above": x},
 * {"below": x}; all must hold. rows: so many rows at least, 1 unless told. without: the
 * document has no such table.
 */
#ifndef GUARD_POLICY_H
#define GUARD_POLICY_H

#include "io/json.h"
#include "report/report.h"

enum guard_verdict { GUARD_ADMIT,
	GUARD_REVIEW,
	GUARD_REFUSE };

enum guard_comparison { GUARD_ONE_OF,
	GUARD_NONE_OF,
	GUARD_ABOVE,
	GUARD_BELOW };

struct guard_condition {
	const char *column;
	enum guard_comparison comparison;
	const char **words; /* of the first two */
	size_t word_count;
	double limit; /* of the others */
};

struct guard_policy_rule {
	const char *id, *table, *reason;
	VEC(struct guard_condition) where;
	uint64_t rows;
	bool is_without;
	enum guard_verdict verdict;
};

struct guard_policy {
	struct arena arena;
	const char *name, *title;
	VEC(struct guard_policy_rule) rules;
};

#define AUTO_POLICY AUTO(guard_policy_clear)

/* ERR_FORMAT with the place: "FILE: rules[2].where.class is …". */
MUST_CHECK int guard_policy_parse(struct guard_policy *ret, const char *name, const json_t *json,
    struct err *err);
/* A file, or "default": the one of data/policy_default.json. */
MUST_CHECK int guard_policy_read(struct guard_policy *ret, const char *path, struct err *err);
void guard_policy_clear(struct guard_policy *p);
/*
 * The worst verdict of the rules that hold, into *ret; a fact and the table "verdict" become
 * the first of the document. ERR_FORMAT for a column that a table has not.
 */
MUST_CHECK int guard_policy_judge(enum guard_verdict *ret, struct report *doc,
    const struct guard_policy *p, struct err *err);
const char *guard_verdict_name(enum guard_verdict v);

#endif
