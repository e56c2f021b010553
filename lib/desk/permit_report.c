#include "desk/permit_report.h"

static const char *const ledes[DESK_PERMIT_STATES] = {
    [DESK_PERMIT_VALID] = "The permit is valid on this day.",
    [DESK_PERMIT_NOT_YET] = "The permit does not hold yet on this day.",
    [DESK_PERMIT_EXPIRED] = "The permit has expired.",
    [DESK_PERMIT_SUSPENDED] = "The permit is suspended: no access.",
    [DESK_PERMIT_REVOKED] = "The permit was revoked.",
    [DESK_PERMIT_FORGED] = "This is not what the holder of the key has signed.",
};

static void add_day(struct report *r, const char *key, const char *label, date_t day)
{
	char text[DATE_TEXT_SIZE];

	report_add_fact(r, key, label, "%s", day == DATE_NONE ? "" : date_format(day, text));
}

static void add_facts(struct report *r, const struct desk_verdict *v)
{
	report_add_fact(r, "permit", "Permit", "%s", v->id);
	report_add_fact(r, "application", "Application", "%s", v->application);
	report_add_fact(r, "basis", "Basis", "%s", v->basis);
	report_add_fact(r, "signer", "Signed by", "%s", v->signer);
	add_day(r, "from", "First day", v->from);
	add_day(r, "to", "Last day", v->to);
	if (v->since != DATE_NONE)
		add_day(r, "since",
		    v->state == DESK_PERMIT_REVOKED ? "Revoked on" : "Suspended since", v->since);
	report_add_fact(r, "notices", "Notices that count", "%zu", v->notices);
	if (v->later)
		report_add_fact(r, "later", "Notices dated later", "%zu", v->later);
	report_add_fact(r, "last", "SHA-256 of the last text", "%s", v->last);
}

static void add_reminders(struct report *r, const struct desk_verdict *v)
{
	static const struct report_column columns[] = {
	    {"day", "Day", REPORT_DATE},
	    {"what", "What", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "days", "Days to know",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	char text[DATE_TEXT_SIZE];

	for (size_t i = 0; i < v->reminder_count; i++) {
		report_add_cell(r, t, "%s", date_format(v->reminders[i].day, text));
		report_add_cell(r, t, "%s", desk_reminder_names[v->reminders[i].kind]);
	}
}

struct report *desk_verdict_report(const struct desk_verdict *v, date_t day,
    bool notices_given)
{
	struct report *r = report_new("Permit", ledes[v->state]);

	report_add_fact(r, "state", "State", "%s", desk_permit_state_names[v->state]);
	add_day(r, "day", "On", day);
	if (v->state == DESK_PERMIT_FORGED) {
		report_add_fact(r, "fault", "Why", "%s", v->fault);
		return r;
	}
	add_facts(r, v);
	add_reminders(r, v);
	if (!notices_given)
		report_add_note(r, "Without --notices a suspension or revocation is not seen.");
	report_add_note(r, "That the newest notice is left out can only be seen by comparing the "
			   "SHA-256 of the last text with the hub's.");
	return r;
}
