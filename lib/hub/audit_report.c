#include "hub/audit_report.h"

#include <inttypes.h>

static const char *explain(enum audit_fault_kind kind)
{
	switch (kind) {
	case AUDIT_ORDER: return "a record is missing, twice or moved";
	case AUDIT_LEAF: return "the record is not what was written";
	case AUDIT_ROOT: return "the records are not those that were signed";
	case AUDIT_HEAD: return "the signature is missing, or of another key";
	case AUDIT_PUBLISHED: return "a published checkpoint tells of another past";
	}
	return "";
}

struct report *audit_report(const struct audit_verdict *v, const char *hub)
{
	static const struct report_column columns[] = {
	    {"fault", "Fault", REPORT_TEXT},
	    {"at", "At", REPORT_COUNT},
	    {"meaning", "What it means", REPORT_TEXT},
	};
	struct report *r = report_new("Audit log",
	    v->faults.len ? "The log is not what was written and signed."
			  : "Every record is what was written, in its place, and signed.");
	struct report_table *t;

	report_add_fact(r, "hub", "Hub", "%s", hub);
	report_add_fact(r, "records", "Records", "%" PRIu64, v->records);
	report_add_fact(r, "published", "Published checkpoints that agree", "%d", v->published);
	t = report_add_table(r, "faults", "Faults", REPORT_SHOWN | REPORT_EXPORTED, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < v->faults.len; i++) {
		report_add_cell(r, t, "%s", audit_fault_name(v->faults.ptr[i].kind));
		report_add_cell(r, t, "%" PRIu64, v->faults.ptr[i].at);
		report_add_cell(r, t, "%s", explain(v->faults.ptr[i].kind));
	}
	if (v->published == 0)
		report_add_note(r, "No published checkpoint was compared: that all of the log was "
				   "put back to an older state would not be seen.");
	return r;
}
