/* What the votes of those who deliberate say. */
#include "desk/committee_inside.h"

bool desk_committee_deliberates(const struct desk_committee *c, const struct desk_item *item,
    int64_t account)
{
	const struct desk_session *s = desk_committee_session(c, item->session);

	return s && desk_session_has(s, account) && desk_committee_member(c, account) &&
	       desk_item_interest(item, account) == 0;
}

bool desk_vote_counts(const struct desk_committee *c, const struct desk_item *item,
    const struct desk_vote *v)
{
	return item->opinion == DESK_NO_OPINION ? desk_committee_deliberates(c, item, v->account)
	                                        : v->counted;
}

struct desk_quorum desk_committee_quorum(const struct desk_committee *c,
    const struct desk_item *item)
{
	struct desk_quorum q = {0};

	if (item->opinion != DESK_NO_OPINION)
		return item->quorum;
	for (size_t i = 0; i < c->members.len; i++) {
		int64_t account = c->members.ptr[i].account;

		if (c->members.ptr[i].left || desk_item_interest(item, account) == 1)
			continue;
		q.may++;
		q.present += desk_committee_deliberates(c, item, account);
	}
	q.needed = MAX((size_t)1, (q.may * (size_t)c->quorum_percent + 99) / 100);
	return q;
}

static int chair_vote(const struct desk_committee *c, const struct desk_item *item)
{
	for (size_t i = 0; i < item->votes.len; i++) {
		const struct desk_vote *v = &item->votes.ptr[i];
		const struct desk_sitting *m = desk_committee_member(c, v->account);

		if (m && m->chair && desk_vote_counts(c, item, v))
			return v->vote;
	}
	return DESK_ABSTAINS;
}

/* The opinion with most votes; of several the chair's, when it is one of them. */
static enum desk_opinion find_winner(const size_t *counts, int chair, const char **ret_why)
{
	int winner = DESK_NO_OPINION, equals = 0;
	size_t most = 0;

	for (int i = 1; i < DESK_OPINIONS; i++)
		most = MAX(most, counts[i]);
	for (int i = 1; i < DESK_OPINIONS && most; i++)
		if (counts[i] == most) {
			winner = i;
			equals++;
		}
	if (equals <= 1)
		return (enum desk_opinion)winner;
	*ret_why = "the votes are equal, and the chair has not voted for one of them";
	return chair < DESK_OPINIONS && counts[chair] == most ? (enum desk_opinion)chair
	                                                      : DESK_NO_OPINION;
}

enum desk_opinion desk_committee_result(const struct desk_committee *c,
    const struct desk_item *item, const char **ret_why)
{
	struct desk_quorum q = desk_committee_quorum(c, item);
	size_t counts[DESK_OPINIONS + 1] = {0};

	*ret_why = "";
	if (item->opinion != DESK_NO_OPINION)
		return item->opinion;
	*ret_why = q.present >= q.needed ? "nobody has voted" : "there is no quorum";
	if (q.present < q.needed)
		return DESK_NO_OPINION;
	for (size_t i = 0; i < item->votes.len; i++)
		if (desk_vote_counts(c, item, &item->votes.ptr[i]))
			counts[item->votes.ptr[i].vote]++;
	return find_winner(counts, chair_vote(c, item), ret_why);
}
