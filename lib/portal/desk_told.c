#include "portal/desk_committee.h"

#include "account/reader.h"
#include "desk/form_record.h"
#include "desk/sheet.h"
#include "desk/text.h"
#include "hub/keys.h"
#include "portal/desk_letter.h"
#include "register/records.h"

#include <inttypes.h>
#include <stdio.h>

const char *desk_permit_signer(const struct hub *h, struct arena *memory)
{
	const char *host = strstr(h->conf.origin, "://");

	return arena_format(memory, "%s/permit", host ? host + 3 : h->conf.origin);
}

int desk_permit_key(const struct hub *h, struct note_key *ret, struct err *err)
{
	AUTO_FREE char *folder = hub_path(h, "keys");

	return hub_key_read(ret, folder, "permit", err);
}

static int follow_permit(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, const struct desk_telling *t, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct note_key key;
	struct desk_signing s = {.signer = desk_permit_signer(t->hub, &memory),
	    .key = &key,
	    .permit = t->permit,
	    .changes = t->changes};
	int status;

	if (!desk_permit_concerns(e->type))
		return 0;
	if (desk_permit_key(t->hub, &key, err) < 0)
		return -1;
	status = desk_permit_follow(tx, d, e, &s, err);
	sodium_memzero(&key, sizeof(key));
	return status;
}

/* From the events, and the answers that were handed in last. */
static int make_sheet(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_DESK_VERSION struct desk_version version = {0};
	struct desk_sheet_making *s = arg;
	struct desk_sheet_words words = {.language = s->hub->conf.language};

	if (desk_version_read(tx, s->d->id, 0, &version, err) < 0)
		return -1;
	words.form = version.form.id ? &version.form : NULL;
	words.answers = version.answers;
	s->patch = desk_sheet_patch(s->d, &words, s->today);
	return 0;
}

/* Nulls into the patch: what the version before the last said and the last does not. */
static int take_back(struct store_tx *tx, const struct desk_sheet_making *s, struct err *err)
{
	AUTO_DESK_VERSION struct desk_version last = {0};
	AUTO_DESK_VERSION struct desk_version before = {0};
	AUTO_JSON json_t *said = json_object();

	if (desk_version_read(tx, s->d->id, 0, &last, err) < 0)
		return -1;
	if (last.n < 2)
		return 0;
	if (desk_version_read(tx, s->d->id, last.n - 1, &before, err) < 0)
		return -1;
	desk_sheet_take_form(said, &before.form, before.answers, s->hub->conf.language);
	desk_sheet_take_back(s->patch, said);
	return 0;
}

int desk_sheet_put(struct store_tx *tx, struct desk_sheet_making *s, struct register_change *c,
    struct err *err)
{
	int status = 0;

	c->outcome = REGISTER_SAME;
	if (make_sheet(tx, s, err) < 0)
		return -1;
	c->patch = s->patch;
	if (s->patch && s->handed_in)
		status = take_back(tx, s, err);
	if (s->patch && status == 0)
		status = register_put(tx, c, err);
	json_decref(s->patch);
	c->patch = s->patch = NULL;
	return status;
}

int desk_sheet_of(const struct visit *v, const struct desk_dossier *d, json_t **ret,
    struct err *err)
{
	struct desk_sheet_making s = {.hub = v->hub, .d = d, .today = desk_today(v)};

	if (store_read(v->hub->store, make_sheet, &s, err) < 0)
		return -1;
	*ret = s.patch;
	return 0;
}

/* Its author can say it otherwise. */
static bool brings_words(const char *event)
{
	return desk_hands_in(event) || strcmp(event, "project_described") == 0 ||
	       view_starts(VIEW(event), VIEW_LIT("result_"));
}

/* A sheet that is none keeps nobody from what the law lets them do: the feed tells of it. */
static int publish(struct store_tx *tx, const struct desk_dossier *d, const struct desk_event *e,
    const struct desk_telling *t, struct err *err)
{
	struct desk_sheet_making s = {.hub = t->hub,
	    .d = d,
	    .today = desk_paris_day(e->at),
	    .handed_in = desk_hands_in(e->type)};
	struct register_change c = {
	    .author = {.at = e->at, .account = e->actor, .role = desk_role_names[e->role]}};

	if (desk_sheet_put(tx, &s, &c, err) == 0)
		return 0;
	if (brings_words(e->type) || (err->code != ERR_FORMAT && err->code != ERR_LIMIT))
		return -1;
	*err = (struct err){0};
	return 0;
}

/* A sum by the tariff, from a request that is kept; of invoices one (recital 70 of 2025/327). */
static int check_fees(const struct desk_dossier *d, const struct desk_event *e,
    const struct desk_telling *t, struct err *err)
{
	size_t n = 0;

	if ((strcmp(e->type, "fees_estimated") == 0 || strcmp(e->type, "fees_invoiced") == 0) &&
	    t->text.len == 0) {
		(void)err_set(err, ERR_DENIED, "fees are told with what they are counted from");
		return err_hint(err, "tell them on the page of the fees");
	}
	for (size_t i = 0; i < d->events.len; i++)
		n += strcmp(d->events.ptr[i].type, "fees_invoiced") == 0;
	return n > 1 && strcmp(e->type, "fees_invoiced") == 0
	           ? err_set(err, ERR_DENIED, "there is an invoice already")
	           : 0;
}

static int tell(struct store_tx *tx, const struct desk_dossier *d, const struct desk_event *e,
    void *arg, struct err *err)
{
	const struct desk_telling *t = arg;

	if (check_fees(d, e, t, err) < 0)
		return -1;
	if (t->text.len > 0 && desk_text_keep(tx, t->text, NULL, err) < 0)
		return -1;
	return follow_permit(tx, d, e, t, err) < 0 || publish(tx, d, e, t, err) < 0
	           ? -1
	           : letters_tell_event(tx, t->portal, d, e, err);
}

struct desk desk_telling(const struct visit *v, struct desk_telling *t)
{
	struct desk d = desk_of(v);

	t->hub = v->hub;
	t->portal = v->portal;
	d.told = tell;
	d.told_arg = t;
	return d;
}

int desk_take_step_with(struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, enum desk_role role, int64_t seen, json_t *data,
    const struct desk_telling *with, struct err *err)
{
	struct desk_telling t = with ? *with : (struct desk_telling){0};
	struct desk desk = desk_telling(v, &t);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_command c = {
	    .name = step->command,
	    .at = v->q->now,
	    .actor = v->account,
	    .role = role,
	    .data = data,
	};

	return desk_execute(&desk, d->id, seen, &c, &caller, err);
}

int desk_take_step(struct visit *v, const struct desk_dossier *d, const struct desk_step *step,
    enum desk_role role, int64_t seen, json_t *data, struct err *err)
{
	bool committees;

	if (committee_has_step(v, d, step, &committees, err) < 0)
		return -1;
	if (committees) {
		(void)err_set(err, ERR_DENIED, "the opinion is what the committee's votes say");
		return err_hint(err,
		    "conclude on its page, or take it off the agenda with reasons");
	}
	return desk_take_step_with(v, d, step, role, seen, data, NULL, err);
}

const struct desk_step *desk_find_event(const struct visit *v, const struct desk_dossier *d,
    const char *event, enum desk_role *ret_role)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	struct desk_choice choices[DESK_CHOICES_MAX];
	size_t n = desk_choices(v, &now, choices);

	for (size_t i = 0; i < n; i++)
		if (strcmp(choices[i].step->event, event) == 0) {
			*ret_role = choices[i].role;
			return choices[i].step;
		}
	return NULL;
}

bool desk_has_page_of_its_own(struct visit *v, const struct desk_step *step)
{
	static const struct {
		const char *event, *before, *behind;
	} pages[] = {
	    {"permit_issued", "/desk/", "/permit"},
	    {"permit_amended", "/desk/", "/permit"},
	    {"fees_estimated", "/desk/", "/fees"},
	    {"fees_invoiced", "/desk/", "/fees"},
	};

	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (strcmp(pages[i].event, step->event) == 0) {
			AUTO_FREE char *path = str_format("%s%.*s%s", pages[i].before,
			    VIEW_ARG(v->params[0]), pages[i].behind);

			visit_go(v, path);
			return true;
		}
	return false;
}

bool desk_is_own(const struct visit *v, const struct desk_application *a)
{
	return a->applicant == v->account || desk_is_member(a, v->account);
}

int desk_names_of(struct visit *v, const int64_t *ids, size_t count, json_t **ret,
    struct err *err)
{
	AUTO_ACCOUNT_READERS struct account_readers people = {0};
	json_t *names;

	if (account_readers_find(&v->portal->accounts, ids, count, &v->q->memory, &people, err) < 0)
		return -1;
	names = json_object();
	for (size_t i = 0; i < people.all.len; i++) {
		char key[24];

		snprintf(key, sizeof(key), "%" PRId64, people.all.ptr[i].id);
		json_object_set_new(names, key, json_string(people.all.ptr[i].name));
	}
	*ret = names;
	return 0;
}
