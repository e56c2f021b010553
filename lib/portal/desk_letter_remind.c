/* What nobody does: silence that took effect, delays that end soon. Told once each. */
#include "portal/desk_letter.h"

enum { LATE_DAYS = 7 }; /* silence of longer ago is no news: a hub that was down, an import */

struct reminder {
	struct portal *portal;
	const struct desk_dossier *d;
	const char *event;
	const char *what; /* "silence:opinion" */
	date_t day;
	unsigned due;
	int64_t now;
	bool told;
};

static int was_told(struct store_tx *tx, void *arg, struct err *err)
{
	struct reminder *r = arg;

	return desk_was_told(tx, r->d->id, r->what, r->day, &r->told, err);
}

static int tell(struct store_tx *tx, void *arg, struct err *err)
{
	const struct reminder *r = arg;
	struct desk_news n = {.event = r->event,
	    .application = r->d->id,
	    .ref = r->d->ref,
	    .basis = &r->d->basis,
	    .due = r->due,
	    .at = r->now};
	bool first;

	if (desk_told_once(tx, r->d->id, r->what, r->day, r->now, &first, err) < 0)
		return -1;
	return first ? letters_tell(tx, r->portal, &n, err) : 0;
}

/* Looked at first: nearly always it was told in an hour before. */
static int remind(struct reminder *r, struct err *err)
{
	struct store *s = r->portal->hub->store;

	if (store_read(s, was_told, r, err) < 0)
		return -1;
	return r->told ? 0 : store_write(s, tell, r, err);
}

static int remind_silence(struct reminder *r, const struct desk_application *a,
    const struct desk_silence *s, date_t today, struct err *err)
{
	AUTO_FREE char *what = str_format("silence:%s", a->route->clocks[s->clock].id);

	if (s->effect == DESK_ALERT || s->effect == DESK_RIGHT_ENDS ||
	    today - s->last_day > LATE_DAYS)
		return 0;
	r->event = "delay_expired";
	r->what = what;
	r->day = s->last_day;
	return remind(r, err);
}

static int remind_clock(struct reminder *r, const struct desk_letter_rule *rule,
    const struct desk_application *a, size_t clock, date_t today, struct err *err)
{
	const struct desk_clock_rule *c = &a->route->clocks[clock];
	const struct desk_clock *running = &a->clocks[clock];
	AUTO_FREE char *what = str_format("%s:%s", rule->event, c->id);
	bool results = strcmp(c->id, "results") == 0;

	if (results != (strcmp(rule->event, "results_end") == 0) ||
	    running->status != DESK_CLOCK_RUNNING || running->last_day == DATE_NONE ||
	    today < running->last_day - rule->days || today > running->last_day)
		return 0;
	r->event = rule->event;
	r->what = what;
	r->day = running->last_day;
	r->due = c->actor >= 0 ? 1u << c->actor : 0;
	return remind(r, err);
}

int letters_remind(struct portal *p, const struct desk_dossier *d, int64_t now, struct err *err)
{
	date_t today = desk_paris_day(now);
	struct desk_application a = desk_at(&d->basis, today);
	struct reminder r = {.portal = p, .d = d, .now = now};

	for (size_t i = 0; i < a.silence_count; i++)
		if (remind_silence(&r, &a, &a.silences[i], today, err) < 0)
			return -1;
	for (size_t i = 0; i < desk_letters_count(p->letters); i++) {
		const struct desk_letter_rule *rule = desk_letters_rule(p->letters, i);

		for (size_t c = 0; rule->days > 0 && c < a.route->clock_count; c++)
			if (remind_clock(&r, rule, &a, c, today, err) < 0)
				return -1;
	}
	return 0;
}
