#include "desk/document.h"
#include "portal/account.h"
#include "portal/desk_form.h"
#include "portal/inside.h"

/* Decisions of a dossier in their order: given opinions and outcomes, and what silence did. */
struct decision {
	const struct desk_event *event; /* NULL: silence */
	const struct desk_silence *silence;
	date_t day;
};

enum { DECISIONS_MAX = 64 };

static bool is_decision(const struct desk_application *a, const struct desk_step *s)
{
	unsigned applicant = 1u << DESK_APPLICANT;

	if (s->change.takes_opinion)
		return true;
	return s->change.to >= 0 && a->route->states[s->change.to].outcome != DESK_OPEN &&
	       !(s->roles & applicant);
}

static date_t day_of(const struct desk_event *e)
{
	const char *text = json_string_value(json_object_get(e->data, "day"));
	date_t day;

	return text && date_parse(VIEW(text), &day) ? day : desk_paris_day(e->at);
}

static void insert(struct decision *all, size_t *n, struct decision one)
{
	size_t i = *n;

	if (*n == DECISIONS_MAX)
		return;
	for (; i > 0 && all[i - 1].day > one.day; i--)
		all[i] = all[i - 1];
	all[i] = one;
	(*n)++;
}

static size_t find_decisions(const struct desk_dossier *d, const struct desk_application *now,
    struct decision *all)
{
	size_t n = 0;

	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];
		const struct desk_step *s = desk_step_of(now->route, e);

		if (s && is_decision(now, s))
			insert(all, &n, (struct decision){e, NULL, day_of(e)});
	}
	for (size_t i = 0; i < now->silence_count; i++)
		if (now->silences[i].effect != DESK_ALERT &&
		    now->silences[i].effect != DESK_RIGHT_ENDS)
			insert(all, &n,
			    (struct decision){NULL, &now->silences[i],
				now->silences[i].last_day + 1});
	return n;
}

static const char *name_of(const struct visit *v, const struct desk_application *now,
    const struct decision *one)
{
	const struct desk_step *s = one->event ? desk_step_of(now->route, one->event) : NULL;

	return s ? s->name[v->language]
	         : now->route->clocks[one->silence->clock].name[v->language];
}

json_t *desk_decisions_model(const struct visit *v, const struct desk_dossier *d)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	struct decision all[DECISIONS_MAX];
	size_t n = find_decisions(d, &now, all);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list,
		    json_pack("{s:i, s:o, s:s, s:b}", "n", (int)i + 1, "day",
			desk_day_text(v, all[i].day), "name", name_of(v, &now, &all[i]), "tacit",
			all[i].silence != NULL));
	return list;
}

static bool gives_opinion(const struct desk_application *now, const struct decision *one)
{
	const struct desk_step *s = one->event ? desk_step_of(now->route, one->event) : NULL;

	return s && s->change.takes_opinion;
}

/* A paper is called by what it is, not by what somebody did. */
static const char *title_of(const struct visit *v, const struct desk_application *now,
    const struct decision *one)
{
	if (!one->event)
		return name_of(v, now, one);
	return arena_strdup(&v->q->memory,
	    visit_text(v, gives_opinion(now, one) ? "Opinion of the committee" : "Decision"));
}

/* What was decided, in words: the opinion given, the effect of silence, or where it led. */
static struct view outcome_of(const struct visit *v, const char *state,
    const struct decision *one)
{
	const char *opinion =
	    one->event ? json_string_value(json_object_get(one->event->data, "opinion")) : NULL;

	if (one->silence && desk_effect_words(v, one->silence->effect).len)
		return desk_effect_words(v, one->silence->effect);
	if (!opinion)
		return VIEW(state);
	return desk_word(v, opinion);
}

/* Where it led: the application behind the event, or behind the silence. */
static struct desk_application led_to(const struct desk_dossier *d,
    const struct desk_application *now, const struct decision *one)
{
	struct desk_application a;
	struct err unused = {0};

	if (desk_begin(&a, d->basis.law, &d->events.ptr[0], &unused) < 0)
		return *now;
	for (size_t i = 1; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];

		if (one->silence && day_of(e) >= one->day)
			break;
		if (desk_apply(&a, e, &unused) < 0)
			return *now;
		if (e == one->event)
			break;
	}
	return desk_at(&a, MAX(a.day, one->day));
}

/* "Not favourable: cannot start. The work may not start." */
static const char *effect_of(const struct visit *v, const struct desk_application *then,
    bool opinion)
{
	struct view may = visit_text(v,
	    desk_may_start(then) ? "The work may start." : "The work may not start.");

	return opinion ? arena_format(&v->q->memory, "%s\n%.*s",
			     desk_state(then)->name[v->language], VIEW_ARG(may))
	               : arena_strdup(&v->q->memory, may);
}

/* Who recorded it, and in which role; NULL: silence. */
static const char *signatory_of(struct visit *v, const struct desk_event *e)
{
	static const enum role roles[DESK_ROLES] = {[DESK_OFFICER] = ROLE_OFFICER,
	    [DESK_MEMBER] = ROLE_MEMBER,
	    [DESK_CHAIR] = ROLE_CHAIR,
	    [DESK_AUTHORITY] = ROLE_AUTHORITY,
	    [DESK_HOLDER] = ROLE_HOLDER,
	    [DESK_APPLICANT] = ROLE_APPLICANT};
	AUTO_JSON json_t *person = NULL, *day = NULL;
	struct view label, recorded = visit_text(v, "recorded on");
	const char *name;

	if (!e)
		return NULL;
	person = desk_person_model(v, e->actor);
	day = desk_day_text(v, desk_paris_day(e->at));
	label = account_role_label(v, roles[e->role]);
	name = json_string_value(json_object_get(person, "name"));
	return arena_format(&v->q->memory, "%.*s%s%s\n%.*s %s", VIEW_ARG(label),
	    *name ? "\n" : "", name, VIEW_ARG(recorded), json_string_value(day));
}

/* Whom the form names. */
static const char *applicant_of(const struct desk_version *version)
{
	static const char *const fields[] = {
	    "controller_name", "applicant_name", "organism", "association"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *name =
		    json_string_value(json_object_get(version->answers, fields[i]));

		if (name && *name)
			return name;
	}
	return NULL;
}

/* "Decision DR-2026-001" of an authority. */
static const char *number_of(const struct desk_event *e)
{
	return e ? json_string_value(json_object_get(e->data, "number")) : NULL;
}

static int write_decision(struct visit *v, const struct desk_dossier *d,
    const struct desk_application *now, const struct decision *one, size_t n, struct err *err)
{
	AUTO_DESK_DOCUMENT struct desk_document document = {0};
	AUTO_DESK_VERSION struct desk_version version = {0};
	const struct desk_step *s = one->event ? desk_step_of(now->route, one->event) : NULL;
	const char *reasons =
	    one->event ? json_string_value(json_object_get(one->event->data, "reasons")) : NULL;
	AUTO_FREE char *name = str_format("%s-%zu.pdf", d->ref, n);
	AUTO_FREE char *own = number_of(one->event)
	                          ? str_format("%s (%s/%zu)", number_of(one->event), d->ref, n)
	                          : str_format("%s/%zu", d->ref, n);
	struct desk desk = desk_of(v);
	struct desk_application then = led_to(d, now, one);
	const char *state = desk_state(&then)->name[v->language];
	struct desk_decision decision = {
	    .title = title_of(v, now, one),
	    .body = v->hub->conf.name[v->language],
	    .reference = own,
	    .application = d->ref,
	    .project = d->title,
	    .outcome = arena_strdup(&v->q->memory, outcome_of(v, state, one)),
	    .effect = effect_of(v, &then, !one->event || gives_opinion(now, one)),
	    .tacit = one->silence != NULL,
	    .basis = desk_source(v, s ? s->source : one->silence->source),
	    .reasons = (const char *const[]){reasons, NULL},
	    .signed_by = signatory_of(v, one->event),
	    .date = one->day,
	};

	if (desk_version_load(&desk, d->id, 0, &version, err) < 0)
		return -1;
	if (version.n)
		decision.applicant = applicant_of(&version);
	desk_decision_document(&document, &decision,
	    v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH);
	if (version.n)
		desk_document_stamp(&document, version.n, version.sha256);
	return desk_send_pdf(v, &document, name, err);
}

/* "2.pdf" */
int desk_get_decision(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct decision all[DECISIONS_MAX];
	struct desk_application now;
	struct view name = v->params[1];
	int64_t n;

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	now = desk_at(&d.basis, desk_today(v));
	if (!view_ends(name, VIEW_LIT(".pdf")))
		return visit_not_found(v, err);
	name.len -= strlen(".pdf");
	if (!view_to_i64(name, &n) || n < 1 || (size_t)n > find_decisions(&d, &now, all))
		return visit_not_found(v, err);
	return write_decision(v, &d, &now, &all[n - 1], (size_t)n, err);
}
