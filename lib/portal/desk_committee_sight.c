/*
 * Who reads what of a deliberation, at which moment: one table. What rapporteurs wrote prepares
 * the session; who voted what is for those in the room, and for all who may judge once the
 * opinion is given.
 */
#include "portal/desk_committee.h"

static const struct {
	const char *name;
	unsigned open, concluded; /* bits */
} standings[COMMITTEE_STANDINGS] = {
    [COMMITTEE_OWN] = {"own", 0, 0},
    [COMMITTEE_RECUSED] = {"recused", 0, 0},
    [COMMITTEE_UNDECLARED] = {"undeclared", 0, 0},
    [COMMITTEE_OUTSIDE] = {"outside", 0, 0},
    [COMMITTEE_ABSENT] = {"absent", COMMITTEE_REPORTS, COMMITTEE_REPORTS | COMMITTEE_VOTES},
    [COMMITTEE_PRESENT] = {"present", COMMITTEE_REPORTS | COMMITTEE_VOTES,
	COMMITTEE_REPORTS | COMMITTEE_VOTES},
    [COMMITTEE_OFFICE] = {"office", COMMITTEE_REPORTS | COMMITTEE_VOTES,
	COMMITTEE_REPORTS | COMMITTEE_VOTES},
    [COMMITTEE_AUDIT] = {"audit", COMMITTEE_REPORTS | COMMITTEE_VOTES,
	COMMITTEE_REPORTS | COMMITTEE_VOTES},
};

const char *committee_standing_name(enum committee_standing s)
{
	return standings[s].name;
}

/* Whoever has a seat is judged by the seat, whatever other role the person has. */
enum committee_standing committee_standing_of(const struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const struct desk_application *a)
{
	int interest = item ? desk_committee_interest(item, v->account) : 0;

	if (a && desk_is_own(v, a))
		return COMMITTEE_OWN;
	if (interest == 1)
		return COMMITTEE_RECUSED;
	if (desk_committee_seats(c, v->account)) {
		if (interest < 0)
			return COMMITTEE_UNDECLARED;
		return item && desk_committee_deliberates(c, item, v->account) ? COMMITTEE_PRESENT
		                                                               : COMMITTEE_ABSENT;
	}
	if (v->roles & ROLE_OFFICER)
		return COMMITTEE_OFFICE;
	return v->roles & ROLE_AUDITOR ? COMMITTEE_AUDIT : COMMITTEE_OUTSIDE;
}

unsigned committee_sight(enum committee_standing s, const struct desk_item *item)
{
	return item && item->opinion != DESK_NO_OPINION ? standings[s].concluded
	                                                : standings[s].open;
}

static int read_item(struct visit *v, const struct desk_committee *c, const struct desk_item *item,
    unsigned *ret, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct desk desk = desk_of(v);

	if (desk_load(&desk, item->application, &d, err) < 0)
		return -1;
	*ret = committee_sight(committee_standing_of(v, c, item, &d.basis), item);
	return 0;
}

/* Minutes tell of every deliberation that was begun there, of what was put off too. */
int committee_reads_minutes(struct visit *v, const struct desk_committee *c, int64_t session,
    bool *ret, struct err *err)
{
	unsigned sight = standings[committee_standing_of(v, c, NULL, NULL)].concluded;

	for (size_t i = 0; i < c->items.len && (sight & COMMITTEE_VOTES); i++)
		if (desk_item_was_on(&c->items.ptr[i], session) &&
		    read_item(v, c, &c->items.ptr[i], &sight, err) < 0)
			return -1;
	*ret = sight & COMMITTEE_VOTES;
	return 0;
}
