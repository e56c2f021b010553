/*
 * Days to keep as a calendar that other programs fetch (RFC 5545): last days of
 * what waits for a person, and sessions of the committee. Its address is the
 * secret; an event says a reference and a day, nothing of the project.
 */
#include "portal/desk_archive.h"

#include "account/reader.h"
#include "base/hash.h"
#include "desk/list.h"
#include "portal/account.h"
#include "portal/desk_committee.h"
#include "portal/inside.h"

#include <inttypes.h>
#include <sodium.h>

enum { TOKEN_BYTES = 24,
	EVENTS_MAX = 500 };

#define SQL(name) "desk/records/letter.sql:" name

struct owner {
	unsigned char hash[SHA256_BYTES];
	int64_t account, at;
	bool give; /* else: takes it away */
	const struct account_act *by;
};

static struct view hash_of(const struct owner *o)
{
	return (struct view){(const char *)o->hash, sizeof(o->hash)};
}

static int set_owner(struct store_tx *tx, void *arg, struct err *err)
{
	const struct owner *o = arg;

	if (store_exec(tx, SQL("end_calendar"), STORE_ARGS(store_int(o->account)), NULL, err) < 0 ||
	    account_note(tx, o->by, o->give ? "account.calendar" : "account.end_calendar",
		"account", o->account, true, NULL, err) < 0)
		return -1;
	return o->give ? store_exec(tx, SQL("give_calendar"),
			     STORE_ARGS(store_int(o->account), store_bytes(hash_of(o)),
				 store_int(o->at)),
			     NULL, err)
	               : 0;
}

static int find_owner(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct owner *o = arg;
	int got;

	if (store_query(&rows, tx, SQL("calendar_of"), STORE_ARGS(store_bytes(hash_of(o))), err) <
		0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	o->account = got ? store_number(rows, 0) : 0;
	return 0;
}

/* The address is shown once: what is kept is its hash. */
int calendar_do(struct visit *v, struct err *err)
{
	struct owner o = {.account = v->account,
	    .at = v->q->now,
	    .by = &v->act,
	    .give = !view_eq(http_form(v->q, "action"), VIEW_LIT("end"))};
	unsigned char bytes[TOKEN_BYTES];
	char text[TOKEN_BYTES * 2 + 1];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(text, sizeof(text), bytes, sizeof(bytes));
	hash_sha256(VIEW(text), o.hash);
	if (store_write(v->hub->store, set_owner, &o, err) < 0)
		return -1;
	if (!o.give) {
		visit_go(v, "/account");
		return 0;
	}
	{
		AUTO_FREE char *link =
		    str_format("%s/calendar/%s.ics", v->hub->conf.origin, text);

		visit_set(v, "calendar_link", VIEW(link));
	}
	sodium_memzero(text, sizeof(text));
	return account_page_own(v, err);
}

struct person {
	int64_t account;
	struct account_who *who;
	struct arena *memory;
	bool there;
};

static int find_person(struct store_tx *tx, void *arg, struct err *err)
{
	struct person *p = arg;
	int got = account_who_read(tx, p->account, p->memory, p->who, err);

	p->there = got > 0;
	return got < 0 ? -1 : 0;
}

/* The visit is its owner's: the calendar shows what they may see, everywhere and in parts. */
static int come_as(struct visit *v, int64_t account, bool *ret, struct err *err)
{
	struct person p = {account, &v->who, &v->q->memory, false};

	*ret = false;
	if (!account)
		return 0;
	if (store_read(v->hub->store, find_person, &p, err) < 0)
		return -1;
	*ret = p.there;
	if (!p.there)
		return 0;
	v->account = account;
	v->roles = v->who.roles;
	v->language = strcmp(v->who.language, "fr") == 0 ? FRENCH : ENGLISH;
	return 0;
}

static void add_event(struct str *out, const char *uid, date_t day, int64_t now,
    const char *summary, const char *link)
{
	struct civil c = date_to_civil(day), n = date_to_civil((date_t)(now / 86400000000));
	int64_t s = now / 1000000 % 86400;

	str_addf(out, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:%04d%02d%02dT%02d%02d%02dZ\r\n", uid,
	    n.year, n.month, n.day, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	str_addf(out, "DTSTART;VALUE=DATE:%04d%02d%02d\r\nSUMMARY:%s\r\n", c.year, c.month, c.day,
	    summary);
	/* Lines of at most 75 bytes (section 3.1): the address is folded behind its name. */
	str_addf(out, "URL:\r\n %s\r\nEND:VEVENT\r\n", link);
}

static bool holds(const struct desk_rows *rows, int64_t application)
{
	for (size_t i = 0; i < rows->rows.len; i++)
		if (rows->rows.ptr[i].application == application)
			return true;
	return false;
}

/* Those that do not stand in `told`: an application is one event. */
static void add_rows(struct visit *v, const struct desk_rows *rows, const struct desk_rows *told,
    struct str *out)
{
	struct view last = visit_text(v, "Last day");

	for (size_t i = 0; i < rows->rows.len; i++) {
		const struct desk_row *row = &rows->rows.ptr[i];
		AUTO_FREE char *uid = str_format("%s@desk", row->ref);
		AUTO_FREE char *summary =
		    str_format("%s: %.*s", row->ref, VIEW_ARG(last));
		AUTO_FREE char *link = str_format("%s/%s/desk/%s", v->hub->conf.origin,
		    language_codes[v->language], row->ref);

		if (row->last_day != DATE_NONE && !holds(told, row->application))
			add_event(out, uid, row->last_day, v->q->now, summary, link);
	}
}

/* What waits for the roles of the person, and what the person has asked for. */
static int add_days(struct visit *v, struct str *out, struct err *err)
{
	AUTO_DESK_ROWS struct desk_rows tasks = {0}, own = {0};
	const struct desk_rows nothing = {0};
	struct desk desk = desk_of(v);
	struct desk_filter mine = {.scope = DESK_SCOPE_MINE,
	    .account = v->account,
	    .today = desk_today(v),
	    .order = DESK_ORDER_DUE};
	struct desk_filter duties;
	int64_t total;

	if (desk_duties_of(v, &duties, err) < 0 ||
	    desk_tasks_find(&desk, &duties, EVENTS_MAX, &tasks, err) < 0 ||
	    desk_list_find(&desk, &mine, 0, EVENTS_MAX, &own, &total, err) < 0)
		return -1;
	add_rows(v, &tasks, &nothing, out);
	add_rows(v, &own, &tasks, out);
	return 0;
}

static int add_sessions(struct visit *v, struct str *out, struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee c = {0};
	struct view word = visit_text(v, "Session");
	struct desk desk = desk_of(v);

	if (!(scope_roles(v, SCOPE_COMMITTEE) & (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR)))
		return 0;
	if (desk_committee_read(&desk, THE_COMMITTEE, &c, err) < 0)
		return -1;
	for (size_t i = 0; i < c.sessions.len; i++) {
		const struct desk_session *s = &c.sessions.ptr[i];
		AUTO_FREE char *uid = str_format("session-%" PRId64 "@desk", s->number);
		AUTO_FREE char *summary =
		    str_format("%.*s %" PRId64, VIEW_ARG(word), s->number);
		AUTO_FREE char *link = str_format("%s/%s/committee/session/%" PRId64,
		    v->hub->conf.origin, language_codes[v->language], s->number);

		add_event(out, uid, s->day, v->q->now, summary, link);
	}
	return 0;
}

int calendar_file(struct visit *v, struct err *err)
{
	struct view token = v->params[0];
	struct owner o = {0};
	bool there;

	if (!view_ends(token, VIEW_LIT(".ics")))
		return visit_not_found(v, err);
	token.len -= strlen(".ics");
	hash_sha256(token, o.hash);
	if (store_read(v->hub->store, find_owner, &o, err) < 0)
		return -1;
	if (come_as(v, o.account, &there, err) < 0)
		return -1;
	if (!there)
		return visit_not_found(v, err);
	str_reset(&v->r->body);
	str_addz(&v->r->body, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hygie//desk//EN\r\n");
	if (add_days(v, &v->r->body, err) < 0 || add_sessions(v, &v->r->body, err) < 0)
		return -1;
	str_addz(&v->r->body, "END:VCALENDAR\r\n");
	v->r->type = "text/calendar; charset=utf-8";
	return 0;
}
