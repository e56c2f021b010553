/*
 * Reads the whole log again and says everything that is wrong with it.
 *
 * ORDER: a record is missing, twice or out of order. LEAF: a record is not what
 * was hashed. ROOT: the list is not what the head signs. HEAD: the head is
 * missing, damaged or signed by another key. PUBLISHED: a published checkpoint
 * is damaged, of another key, of another log, or of another past.
 */
#ifndef STORE_AUDIT_VERIFY_H
#define STORE_AUDIT_VERIFY_H

#include "store/audit.h"

enum audit_fault_kind {
	AUDIT_ORDER,
	AUDIT_LEAF,
	AUDIT_ROOT,
	AUDIT_HEAD,
	AUDIT_PUBLISHED,
};

struct audit_fault {
	enum audit_fault_kind kind;
	uint64_t at; /* number of the record, or size of the checkpoint */
};

struct audit_verdict {
	uint64_t records;
	int published; /* checkpoints that agree */
	VEC(struct audit_fault) faults;
};

#define AUTO_AUDIT_VERDICT AUTO(audit_verdict_clear)

void audit_verdict_clear(struct audit_verdict *v);
/* folders: of published checkpoints, NULL-terminated. The key's secret half is not used. */
MUST_CHECK int audit_verify(struct audit_verdict *ret, struct store *s,
    const struct audit *audit, const char *const *folders, struct err *err);
/* The same of what a transaction sees. */
MUST_CHECK int audit_verify_in(struct audit_verdict *ret, struct store_tx *tx,
    const struct audit *audit, const char *const *folders, struct err *err);
const char *audit_fault_name(enum audit_fault_kind kind);

#endif
