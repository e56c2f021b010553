/*
 * A chain is walked from the permit on. Each notice is opened with the key, its
 * "previous" compared with the SHA-256 of the whole text before it, and its rule
 * checked; what is dated after the day is walked too, but does not count.
 */
#include "desk/permit.h"

#include "base/hash.h"
#include "desk/permit_check.h"

const char *const desk_permit_state_names[DESK_PERMIT_STATES] = {"valid", "not yet valid",
    "expired", "suspended", "revoked", "forged"};
const char *const desk_reminder_names[DESK_REMINDERS] = {"ends soon",
    "last day to ask for an extension",
    "last day", "data deleted by", "results published by"};

struct chain {
	struct desk_permit_facts facts;
	json_t *permit;
	bool extended, suspended, revoked;
	date_t last, since;
	size_t count;
	char hash[SHA256_HEX_SIZE];
};

static int forged(struct desk_verdict *v, const char *fault)
{
	v->state = DESK_PERMIT_FORGED;
	v->fault = fault;
	return 1;
}

/* 0 and the text as JSON; 1 not of this key; -1. */
static int open_signed(struct view note, const char *name, const struct note_key *key,
    json_t **ret, struct view *ret_signer, struct err *err)
{
	struct view text;

	if (note_open(note, key, &text, ret_signer, err) < 0)
		return err->code == ERR_DENIED ? 1 : err_wrap(err, "%s", name);
	return json_parse(ret, name, text, err);
}

static int begin(struct chain *c, struct desk_verdict *v, struct view note,
    const struct note_key *key, struct err *err)
{
	AUTO_JSON_IN struct json_in in = {.file = "permit", .arena = &v->memory, .err = err};
	struct view signer;
	int status = open_signed(note, "permit", key, &c->permit, &signer, err);

	if (status > 0)
		return forged(v, "the permit is not signed by this key");
	if (status < 0)
		return -1;
	desk_permit_read(&in, c->permit, &c->facts);
	if (in.failed)
		return -1;
	v->signer = arena_strdup(&v->memory, signer);
	c->last = c->facts.issued;
	c->since = DATE_NONE;
	hash_sha256_hex(note, c->hash);
	return 0;
}

/* Art. 68(12): once, at most ten years more, asked one month before expiry. */
static void extend(struct json_in *in, struct chain *c, const struct desk_notice *n)
{
	date_t latest = date_add_months(c->facts.to, -1);
	char day[DATE_TEXT_SIZE];

	if (c->extended && c->facts.ehds)
		json_in_fail(in, "a permit is extended once (Art. 68(12))");
	else if (n->to <= c->facts.to)
		json_in_fail(in, "an extension ends later than the permit");
	else if (c->facts.ehds && n->to > date_add_years(c->facts.to, DESK_PERMIT_YEARS))
		json_in_fail(in, "an extension of more than %d years (Art. 68(12))",
		    DESK_PERMIT_YEARS);
	else if (c->facts.ehds && n->requested > latest)
		json_in_fail(in, "asked for after %s, one month before expiry (Art. 68(12))",
		    date_format(latest, day));
	else if (n->requested > n->at)
		json_in_fail(in, "granted before it was asked for");
	c->extended = true;
	c->facts.to = n->to;
}

static void amend(struct json_in *in, struct chain *c, const struct desk_notice *n)
{
	struct desk_permit_facts ignored;
	json_t *amended = json_deep_copy(c->permit);

	json_object_update(amended, (json_t *)(uintptr_t)n->changes);
	json_decref(c->permit);
	c->permit = amended;
	desk_permit_read(in, amended, &ignored);
}

static void apply(struct json_in *in, struct chain *c, const struct desk_notice *n)
{
	if (n->at < c->last)
		json_in_fail(in, "dated before the one before it");
	if (c->revoked)
		json_in_fail(in, "nothing follows a revocation");
	if (strcmp(n->permit, c->facts.id) != 0)
		json_in_fail(in, "of another permit");
	if (in->failed)
		return;
	switch (n->kind) {
	case DESK_AMENDMENT: amend(in, c, n); break;
	case DESK_EXTENSION: extend(in, c, n); break;
	case DESK_SUSPENSION:
	case DESK_RESUMPTION:
		if (c->suspended == (n->kind == DESK_SUSPENSION))
			json_in_fail(in, c->suspended ? "suspended already" : "not suspended");
		c->suspended = n->kind == DESK_SUSPENSION;
		c->since = c->suspended ? n->at : DATE_NONE;
		break;
	case DESK_REVOCATION:
		c->revoked = true;
		c->since = n->at;
		break;
	case DESK_NOTICES: break;
	}
	c->last = n->at;
	c->count++;
}

/* A notice ends behind its lines of signatures. */
static struct view next_note(struct view *rest)
{
	const struct view dash = VIEW_LIT("\xe2\x80\x94 ");
	struct view note = {rest->ptr, 0}, left = *rest, line;
	bool signatures = false;

	while (left.len > 0) {
		struct view here = left;

		view_next(&left, '\n', &line);
		if (signatures && !view_starts(line, dash)) {
			left = here;
			break;
		}
		signatures = signatures || view_starts(line, dash);
	}
	note.len = rest->len - left.len;
	*rest = left;
	return note;
}

/* 0, 1 forged, -1. What counts on the day stays in `ret_then`. */
static int follow(struct chain *c, struct chain *ret_then, struct desk_verdict *v,
    struct view note, const struct note_key *key, date_t day, struct err *err)
{
	AUTO_FREE char *name = str_format("notice %zu", c->count + 1);
	AUTO_JSON_IN struct json_in in = {.file = name, .arena = &v->memory, .err = err};
	AUTO_JSON json_t *j = NULL;
	struct desk_notice n = {0};
	struct view signer;
	int status = open_signed(note, name, key, &j, &signer, err);

	if (status > 0)
		return forged(v, "a notice is not signed by this key");
	if (status < 0)
		return -1;
	desk_notice_read(&in, j, true, &n);
	if (in.failed)
		return -1;
	if (strcmp(n.previous, c->hash) != 0)
		return forged(v, "a notice is missing, moved, or of another permit");
	apply(&in, c, &n);
	if (in.failed)
		return -1;
	hash_sha256_hex(note, c->hash);
	if (n.at > day)
		return 0;
	json_decref(ret_then->permit);
	*ret_then = *c;
	json_incref(ret_then->permit);
	return 0;
}

/* Walks all notices; `c` is the end of the chain, `ret_then` where it stood on the day. */
static int walk(struct chain *c, struct chain *ret_then, struct desk_verdict *v,
    struct view notices, const struct note_key *key, date_t day, struct err *err)
{
	int status = 0;

	*ret_then = *c;
	json_incref(ret_then->permit);
	while (status == 0 && view_trim(notices).len > 0) {
		if (c->count >= DESK_NOTICES_MAX)
			return err_set(err, ERR_LIMIT, "more than %d notices", DESK_NOTICES_MAX);
		status = follow(c, ret_then, v, next_note(&notices), key, day, err);
	}
	return status;
}

static void add_reminder(struct desk_verdict *v, enum desk_reminder_kind kind, date_t day)
{
	v->reminders[v->reminder_count++] = (struct desk_reminder){kind, day};
}

static enum desk_permit_state state_on(const struct chain *c, date_t day)
{
	if (c->revoked)
		return DESK_PERMIT_REVOKED;
	if (day < c->facts.from)
		return DESK_PERMIT_NOT_YET;
	if (day > c->facts.to)
		return DESK_PERMIT_EXPIRED;
	return c->suspended ? DESK_PERMIT_SUSPENDED : DESK_PERMIT_VALID;
}

static void derive(struct desk_verdict *v, const struct chain *c, date_t day)
{
	const struct desk_permit_facts *f = &c->facts;

	v->state = state_on(c, day);
	v->id = f->id;
	v->application = f->application;
	v->basis = f->basis;
	v->from = f->from;
	v->to = f->to;
	v->since = c->since;
	v->notices = c->count;
	if (c->revoked)
		return;
	add_reminder(v, DESK_REMIND_END, date_add_months(f->to, -3));
	if (f->ehds && !c->extended)
		add_reminder(v, DESK_REMIND_EXTENSION, date_add_months(f->to, -1));
	add_reminder(v, DESK_REMIND_EXPIRY, f->to);
	if (f->ehds) {
		add_reminder(v, DESK_REMIND_DELETION, date_add_months(f->to, 6));
		add_reminder(v, DESK_REMIND_RESULTS, date_add_months(f->to, 18));
	}
}

static int verify(struct desk_verdict *v, struct chain *c, struct chain *then,
    struct view permit, struct view notices, const struct note_key *key, date_t day,
    struct err *err)
{
	int status = begin(c, v, permit, key, err);

	if (status == 0)
		status = walk(c, then, v, notices, key, day, err);
	if (status < 0)
		return -1;
	if (status > 0)
		return 0;
	derive(v, then, day);
	v->later = c->count - then->count;
	memcpy(v->last, c->hash, sizeof(v->last));
	v->permit = json_incref(then->permit);
	return 0;
}

int desk_permit_verify(struct desk_verdict *ret, struct view permit, struct view notices,
    const struct note_key *key, date_t day, struct err *err)
{
	AUTO_DESK_VERDICT struct desk_verdict v = {.since = DATE_NONE};
	struct chain end = {0}, then = {0};
	int status;

	if (permit.len > DESK_PERMIT_MAX || notices.len > DESK_PERMIT_MAX)
		return err_set(err, ERR_LIMIT, "a permit and its notices have at most %d bytes",
		    DESK_PERMIT_MAX);
	v.id = v.application = v.basis = v.signer = v.fault = "";
	v.from = v.to = DATE_NONE;
	status = verify(&v, &end, &then, permit, notices, key, day, err);
	json_decref(end.permit);
	json_decref(then.permit);
	if (status < 0)
		return -1;
	*ret = v;
	v = (struct desk_verdict){0};
	return 0;
}

void desk_verdict_clear(struct desk_verdict *v)
{
	json_decref(v->permit);
	v->permit = NULL;
	arena_clear(&v->memory);
}

/* The text that is signed: no empty line in it, so a note can be told apart. */
static int sign(const json_t *j, const char *signer, const struct note_key *key,
    struct str *ret_note, struct err *err)
{
	AUTO_FREE char *text = json_dumps(j, JSON_INDENT(1));
	AUTO_FREE char *line = NULL;

	if (!text)
		return err_set(err, ERR_INTERNAL, "a permit that is no JSON");
	line = str_format("%s\n", text);
	note_sign(VIEW(line), signer, key, ret_note);
	return 0;
}

int desk_permit_sign(struct view json, const char *signer, const struct note_key *key,
    struct str *ret_note, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	AUTO_JSON_IN struct json_in in = {.file = "permit", .arena = &memory, .err = err};
	AUTO_JSON json_t *j = NULL;
	struct desk_permit_facts facts = {0};

	if (json_parse(&j, "permit", json, err) < 0)
		return -1;
	desk_permit_read(&in, j, &facts);
	return in.failed ? -1 : sign(j, signer, key, ret_note, err);
}

/* Signed, then walked as a reader would: what the law refuses never leaves. */
static int sign_checked(json_t *j, struct view permit, struct view notices, const char *signer,
    const struct note_key *key, struct str *ret_note, struct err *err)
{
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	AUTO_STR struct str all = {0};
	AUTO_STR struct str note = {0};

	if (sign(j, signer, key, &note, err) < 0)
		return -1;
	str_add(&all, notices);
	str_add(&all, str_view(&note));
	if (desk_permit_verify(&v, permit, str_view(&all), key, 0, err) < 0)
		return -1;
	if (v.state == DESK_PERMIT_FORGED)
		return err_set(err, ERR_DENIED, "%s", v.fault);
	str_add(ret_note, str_view(&note));
	return 0;
}

int desk_notice_sign(struct view permit, struct view notices, struct view json,
    const char *signer, const struct note_key *key, struct str *ret_note, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	AUTO_JSON_IN struct json_in in = {.file = "notice", .arena = &memory, .err = err};
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	AUTO_JSON json_t *j = NULL;
	struct desk_notice n = {0};

	if (json_parse(&j, "notice", json, err) < 0)
		return -1;
	desk_notice_read(&in, j, false, &n);
	if (in.failed)
		return -1;
	if (desk_permit_verify(&v, permit, notices, key, n.at, err) < 0)
		return -1;
	if (v.state == DESK_PERMIT_FORGED)
		return err_set(err, ERR_DENIED, "%s", v.fault);
	json_object_set_new(j, "previous", json_string(v.last));
	return sign_checked(j, permit, notices, signer, key, ret_note, err);
}
