/* What can be asked of an application. */
#include "desk/application_inside.h"

const struct desk_state *desk_state(const struct desk_application *a)
{
	return &a->route->states[a->state];
}

bool desk_may_start(const struct desk_application *a)
{
	return desk_state(a)->outcome == DESK_AUTHORISED;
}

bool desk_is_expressly_favourable(const struct desk_application *a)
{
	return a->opinion_mode == DESK_EXPRESS && (a->route->express >> a->opinion & 1);
}

bool desk_is_late(const struct desk_application *a, int clock, date_t today)
{
	const struct desk_clock *c = &a->clocks[clock];

	return c->status == DESK_CLOCK_RUNNING && c->last_day < today;
}

int desk_next_due(const struct desk_application *a, bool tacit)
{
	int best = -1;

	for (int i = 0; i < (int)a->route->clock_count; i++) {
		if (a->clocks[i].status != DESK_CLOCK_RUNNING ||
		    (tacit && !a->route->clocks[i].expiry_count))
			continue;
		if (best < 0 || a->clocks[i].last_day < a->clocks[best].last_day)
			best = i;
	}
	return best;
}

const struct desk_expiry *desk_ending(const struct desk_application *a, int clock)
{
	const struct desk_clock_rule *rule = &a->route->clocks[clock];

	for (size_t i = 0; i < rule->expiry_count; i++)
		if (!rule->expiry[i].express_only || desk_is_expressly_favourable(a))
			return &rule->expiry[i];
	return NULL;
}

bool desk_is_member(const struct desk_application *a, int64_t account)
{
	if (account == a->applicant)
		return true;
	for (size_t i = 0; i < a->member_count; i++)
		if (a->members[i] == account)
			return true;
	return false;
}

bool desk_is_active_member(const struct desk_application *a, int64_t account)
{
	if (account == a->applicant)
		return true;
	for (size_t i = 0; i < a->member_count; i++)
		if (a->members[i] == account)
			return a->kinds[i] != DESK_READER;
	return false;
}

bool desk_has_seen(const struct desk_application *a, const char *event)
{
	for (size_t i = 0; i < a->route->step_count; i++)
		if ((a->seen[i / 64] >> (i % 64) & 1) &&
		    strcmp(a->route->steps[i].event, event) == 0)
			return true;
	return false;
}

unsigned desk_must_act(const struct desk_application *a)
{
	unsigned roles = 0;

	if (desk_state(a)->actor >= 0)
		roles |= 1U << desk_state(a)->actor;
	for (size_t i = 0; i < a->route->clock_count; i++)
		if (a->clocks[i].status == DESK_CLOCK_RUNNING)
			roles |= 1U << a->route->clocks[i].actor;
	return roles;
}
