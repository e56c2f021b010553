#include "portal/desk_letter.h"

#include "account/reader.h"
#include "portal/scope.h"

struct telling {
	struct store_tx *tx;
	const struct portal *portal;
	const struct desk_news *news;
	struct str parts;               /* what the roles that are told may be for */
	struct account_readers readers; /* of the rule at hand */
	VEC(int64_t) told;              /* of this event: each is told once */
	struct arena memory;
};

static void clear(struct telling *t)
{
	account_readers_clear(&t->readers);
	vec_clear(&t->told);
	str_clear(&t->parts);
	arena_clear(&t->memory);
}

static int add_one(struct telling *t, int64_t account, struct err *err)
{
	return account == 0
	           ? 0
	           : account_readers_add(t->tx, account, true, &t->memory, &t->readers, err);
}

/* Who may write; readers of a dossier look at it when they like. */
static int add_team(struct telling *t, struct err *err)
{
	const struct desk_application *a = t->news->basis;

	if (!a)
		return 0;
	if (add_one(t, a->applicant, err) < 0)
		return -1;
	for (size_t i = 0; i < a->member_count; i++)
		if (a->kinds[i] != DESK_READER && add_one(t, a->members[i], err) < 0)
			return -1;
	return 0;
}

static int add_seats(struct telling *t, struct err *err)
{
	const struct desk_committee *c = t->news->committee;

	for (size_t i = 0; c && i < c->members.len; i++)
		if (!c->members.ptr[i].left && add_one(t, c->members.ptr[i].account, err) < 0)
			return -1;
	return 0;
}

/* What was not handed in is nobody's but its team's. */
static int add_role(struct telling *t, enum role role, struct err *err)
{
	if (t->news->basis && t->news->basis->submitted_on == DATE_NONE)
		return 0;
	return account_readers_of_role(t->tx, role, str_view(&t->parts), &t->memory,
	    &t->readers, err);
}

static int add_due(struct telling *t, struct err *err)
{
	static const enum role roles[DESK_ROLES] = {[DESK_OFFICER] = ROLE_OFFICER,
	    [DESK_MEMBER] = ROLE_CHAIR,
	    [DESK_CHAIR] = ROLE_CHAIR,
	    [DESK_AUTHORITY] = ROLE_AUTHORITY,
	    [DESK_HOLDER] = ROLE_HOLDER};

	for (int r = 0; r < DESK_ROLES; r++)
		if ((t->news->due & 1u << r) &&
		    (r == DESK_APPLICANT ? add_team(t, err) : add_role(t, roles[r], err)) < 0)
			return -1;
	return 0;
}

static int add_audience(struct telling *t, enum desk_audience to, struct err *err)
{
	switch (to) {
	case DESK_TO_TEAM: return add_team(t, err);
	case DESK_TO_OFFICER: return add_role(t, ROLE_OFFICER, err);
	case DESK_TO_CHAIR: return add_role(t, ROLE_CHAIR, err);
	case DESK_TO_AUTHORITY: return add_role(t, ROLE_AUTHORITY, err);
	case DESK_TO_HOLDER: return add_role(t, ROLE_HOLDER, err);
	case DESK_TO_SEATS: return add_seats(t, err);
	case DESK_TO_NAMED: return add_one(t, t->news->named, err);
	case DESK_TO_DUE: return add_due(t, err);
	case DESK_AUDIENCES: break;
	}
	return 0;
}

static struct desk_letter_place place_of(const struct portal *p, const char *language,
    const char *ref)
{
	bool french = strcmp(language, "fr") == 0;

	return (struct desk_letter_place){p->hub->conf.origin, p->hub->conf.name[french], ref,
	    french};
}

static int queue(struct store_tx *tx, const struct portal *p, const struct account_reader *to,
    const struct str *subject, const struct str *text, int64_t at, struct err *err)
{
	return mail_queue(tx, &p->accounts.mail,
	    &(struct mail){VIEW(to->email), str_view(subject), str_view(text)}, at, err);
}

static int send(struct telling *t, const struct desk_letter *l, const struct account_reader *to,
    struct err *err)
{
	struct desk_letter_place place = place_of(t->portal, to->language, t->news->ref);
	AUTO_STR struct str subject = {0}, text = {0};

	return desk_letter_subject(t->portal->letters, l, &place, &subject, err) < 0 ||
	               desk_letter_text(t->portal->letters, l, &place, &text, err) < 0
	           ? -1
	           : queue(t->tx, t->portal, to, &subject, &text, t->news->at, err);
}

static bool was_told(const struct telling *t, int64_t account)
{
	for (size_t i = 0; i < t->told.len; i++)
		if (t->told.ptr[i] == account)
			return true;
	return false;
}

static int tell_one(struct telling *t, const struct desk_letter_rule *rule,
    const struct account_reader *to, struct err *err)
{
	struct desk_letter_row row = {.application = t->news->application,
	    .account = to->id,
	    .at = t->news->at,
	    .letter = rule->letter->id};
	bool waits;

	if (was_told(t, to->id) || (to->id == t->news->actor && !rule->self))
		return 0;
	*vec_push(&t->told) = to->id;
	if (desk_letters_daily(t->tx, to->id, &waits, err) < 0)
		return -1;
	waits |= rule->morning;
	row.queued_at = waits                              ? 0
	                : mail_is_address(VIEW(to->email)) ? t->news->at
	                                                   : DESK_LETTER_UNSENT;
	if (desk_letter_add(t->tx, &row, err) < 0)
		return -1;
	return row.queued_at > 0 ? send(t, rule->letter, to, err) : 0;
}

static int follow(struct telling *t, const struct desk_letter_rule *rule, struct err *err)
{
	t->readers.all.len = 0;
	for (int a = 0; a < DESK_AUDIENCES; a++)
		if ((rule->to & 1u << a) && add_audience(t, (enum desk_audience)a, err) < 0)
			return -1;
	for (size_t i = 0; i < t->readers.all.len; i++)
		if (tell_one(t, rule, &t->readers.all.ptr[i], err) < 0)
			return -1;
	return 0;
}

int letters_tell(struct store_tx *tx, const struct portal *p, const struct desk_news *n,
    struct err *err)
{
	AUTO(clear)
	struct telling t = {.tx = tx, .portal = p, .news = n};

	if (scope_parts(tx, n->basis, n->ref, &t.parts, err) < 0)
		return -1;
	for (size_t i = 0; i < desk_letters_count(p->letters); i++) {
		const struct desk_letter_rule *rule = desk_letters_rule(p->letters, i);

		if (strcmp(rule->event, n->event) == 0 && follow(&t, rule, err) < 0)
			return -1;
	}
	return 0;
}

int letters_tell_event(struct store_tx *tx, const struct portal *p, const struct desk_dossier *d,
    const struct desk_event *e, struct err *err)
{
	struct desk_news n = {.event = e->type,
	    .application = d->id,
	    .ref = d->ref,
	    .basis = &d->basis,
	    .actor = e->actor,
	    .named = json_integer_value(json_object_get(e->data, "account")),
	    .at = e->at};

	return letters_tell(tx, p, &n, err);
}

int letters_tell_motion(struct store_tx *tx, const struct desk_committee *c,
    const struct desk_event *e, void *arg, struct err *err)
{
	const struct letters_motion *m = arg;
	bool one = m->dossier && m->dossier->ref;
	struct desk_news n = {.event = e->type,
	    .application = one ? m->dossier->id : 0,
	    .ref = one ? m->dossier->ref : "",
	    .committee = c,
	    .actor = e->actor,
	    .named = json_integer_value(json_object_get(e->data, "member")),
	    .at = e->at};

	return letters_tell(tx, m->portal, &n, err);
}

int letters_tell_comment(struct store_tx *tx, const struct desk_remark *r, void *arg,
    struct err *err)
{
	const struct letters_motion *m = arg;
	const struct desk_dossier *d = m->dossier;
	struct desk_news n = {.event = "comment_added",
	    .application = d->id,
	    .ref = d->ref,
	    .basis = &d->basis,
	    .actor = r->author,
	    .at = r->at};

	return letters_tell(tx, m->portal, &n, err);
}

struct digest {
	const struct portal *portal;
	int64_t account, before, now;
};

static json_t *digest_rows(const struct portal *p, const struct desk_letter_rows *rows,
    const char *language, struct err *err)
{
	json_t *all = json_array();

	for (size_t i = 0; i < rows->all.len; i++) {
		const struct desk_letter_row *row = &rows->all.ptr[i];
		const struct desk_letter *l = desk_letter_find(p->letters, VIEW(row->letter));
		struct desk_letter_place place = place_of(p, language, row->ref);
		AUTO_STR struct str subject = {0};
		AUTO_FREE char *link = l ? desk_letter_link(l, &place) : NULL;

		/* One that a newer program does not know any more says nothing. */
		if (!l)
			continue;
		if (desk_letter_subject(p->letters, l, &place, &subject, err) < 0) {
			json_decref(all);
			return NULL;
		}
		json_array_append_new(all,
		    json_pack("{s:s, s:s}", "subject", str_get(&subject), "link", link));
	}
	return all;
}

static int send_digest(struct store_tx *tx, void *arg, struct err *err)
{
	const struct digest *d = arg;
	AUTO_ARENA struct arena memory = {0};
	AUTO_ACCOUNT_READERS struct account_readers to = {0};
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};
	AUTO_JSON json_t *model = NULL;
	AUTO_STR struct str subject = {0}, text = {0};
	struct desk_letter_place place;
	bool writable;

	if (account_readers_add(tx, d->account, true, &memory, &to, err) < 0)
		return -1;
	writable = to.all.len > 0 && mail_is_address(VIEW(to.all.ptr[0].email));
	if (desk_letters_take(tx, d->account, d->before, writable ? d->now : DESK_LETTER_UNSENT,
		&rows, err) < 0)
		return -1;
	/* Another round was quicker, or there is nobody to tell. */
	if (rows.all.len == 0 || !writable)
		return 0;
	place = place_of(d->portal, to.all.ptr[0].language, "");
	model = digest_rows(d->portal, &rows, to.all.ptr[0].language, err);
	if (!model ||
	    desk_letter_digest(d->portal->letters, model, &place, &subject, &text, err) < 0)
		return -1;
	return queue(tx, d->portal, &to.all.ptr[0], &subject, &text, d->now, err);
}

int letters_send_digests(struct portal *p, int64_t now, struct err *err)
{
	enum { ACCOUNTS = 1000 };
	static const int64_t hour = 3600000000;
	/* Six o'clock in Paris that came last. */
	int64_t morning =
	    desk_paris_midnight(desk_paris_day(now - 6 * hour)) + 6 * hour;
	int64_t after = 0;
	size_t failed = 0, got;

	do {
		AUTO_DESK_LETTER_ROWS struct desk_letter_rows waiting = {0};
		struct desk_letter_page page = {morning, after, ACCOUNTS};

		if (desk_letters_waiting(p->hub->store, &page, &waiting, err) < 0)
			return -1;
		got = waiting.all.len;
		for (size_t i = 0; i < got; i++) {
			struct digest d = {p, waiting.all.ptr[i].account, morning, now};
			struct err why = {0};

			after = d.account;
			if (store_write(p->hub->store, send_digest, &d, &why) == 0)
				continue;
			if (failed++ == 0 || desk_error_is_general(&why))
				*err = why;
			if (desk_error_is_general(&why))
				return -1;
		}
	} while (got == ACCOUNTS);
	return failed ? err_wrap(err, "daily mails of %zu accounts", failed) : 0;
}
