/*
 * The receipt of an application or a declaration: what came, when, and what the
 * law makes of it. As things stood on the day it was handed in, so that it stays
 * the same paper. What an acknowledgement holds: CRPA, art. R. 112-5.
 */
#include "desk/document.h"
#include "portal/desk_form.h"
#include "portal/inside.h"

static const char *words_of(const struct visit *v, const char *english)
{
	return arena_strdup(&v->q->memory, visit_text(v, english));
}

static void fact(const struct visit *v, struct desk_document *d, const char *label,
    const char *text)
{
	if (text && *text)
		desk_document_fact(d, words_of(v, label), text);
}

static void day(const struct visit *v, struct desk_document *d, const char *label, date_t day)
{
	AUTO_JSON json_t *text = desk_day_text(v, day);

	fact(v, d, label, json_string_value(text));
}

/* The application as it was once it had been handed in; NULL: it never was. */
static const struct desk_event *submission(const struct desk_dossier *d,
    struct desk_application *ret)
{
	struct err unused = {0};

	if (desk_begin(ret, d->basis.law, &d->events.ptr[0], &unused) < 0)
		return NULL;
	for (size_t i = 1; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];

		if (desk_apply(ret, e, &unused) < 0)
			return NULL;
		if (strcmp(e->type, "submitted") == 0) {
			*ret = desk_at(ret, ret->day);
			return e;
		}
	}
	return NULL;
}

static bool is_declaration(const struct desk_route *r)
{
	return view_starts(VIEW(r->id), VIEW_LIT("mr-"));
}

/* "silence is a favourable opinion (after an expressly favourable opinion); ..." */
static const char *endings_of(const struct visit *v, const struct desk_clock_rule *c)
{
	AUTO_STR struct str out = {0};

	for (size_t i = 0; i < c->expiry_count; i++) {
		struct view effect = desk_effect_words(v, c->expiry[i].effect);

		if (!effect.len)
			continue;
		str_addf(&out, "%s%.*s", !out.len ? "" : v->language == FRENCH ? "\u00a0; "
									       : "; ",
		    VIEW_ARG(effect));
		if (c->expiry[i].express_only)
			str_addf(&out, " (%s)",
			    words_of(v, "after an expressly favourable opinion"));
	}
	return arena_strdup(&v->q->memory, str_view(&out));
}

/* One delay: until when it runs, or how long it is once it begins; and its end. */
static void add_clock(const struct visit *v, struct desk_document *d,
    const struct desk_application *a, size_t i)
{
	const struct desk_clock_rule *c = &a->route->clocks[i];
	bool runs = a->clocks[i].status == DESK_CLOCK_RUNNING;
	const char *end = endings_of(v, c);
	AUTO_JSON json_t *until = desk_day_text(v, a->clocks[i].last_day);
	AUTO_JSON json_t *length = c->length.n ? desk_delay_text(v, c->length) : json_string("");
	AUTO_STR struct str text = {0};

	if (!runs && !*end)
		return;
	if (runs)
		str_addf(&text, "%s %s", words_of(v, "until"), json_string_value(until));
	else if (c->length.n)
		str_addf(&text, "%s %s", json_string_value(length),
		    words_of(v, "from the day it begins"));
	if (*end)
		str_addf(&text, "%s%s", text.len ? "\n" : "", end);
	str_addf(&text, "\n%s", desk_source(v, c->source));
	desk_document_fact(d, c->name[v->language], str_get(&text));
}

static void add_delays(const struct visit *v, struct desk_document *d,
    const struct desk_application *a)
{
	size_t before = d->blocks.len;

	desk_document_heading(d, 2, words_of(v, "Delays, and what silence means"));
	for (size_t i = 0; i < a->route->clock_count; i++)
		add_clock(v, d, a, i);
	if (d->blocks.len == before + 1)
		desk_document_text(d, words_of(v, "No delay runs: nobody decides on it."));
}

static void add_effect(const struct visit *v, struct desk_document *d,
    const struct desk_application *a)
{
	desk_document_heading(d, 2, words_of(v, "What it has for an effect"));
	desk_document_text(d, a->route->about[v->language]);
	desk_document_text(d,
	    words_of(v, desk_may_start(a) ? "The work may start."
					  : "This receipt does not let the work start."));
}

static void add_contents(const struct visit *v, struct desk_document *d,
    const struct desk_version *version)
{
	AUTO_FREE char *number = str_format("%lld", (long long)version->n);

	if (!version->n)
		return;
	desk_document_heading(d, 2, words_of(v, "What was handed in"));
	fact(v, d, "Version", number);
	fact(v, d, "SHA-256", version->sha256);
}

static void write_receipt(const struct visit *v, const struct desk_dossier *d,
    const struct desk_application *a, const struct desk_event *e,
    const struct desk_version *version, struct desk_document *ret)
{
	const struct desk_step *step = desk_step_of(a->route, e);
	AUTO_FREE char *procedure =
	    str_format("%s (%s)", a->route->name[v->language], a->route->version);

	desk_document_begin(ret,
	    words_of(v, is_declaration(a->route) ? "Receipt of a declaration"
						 : "Receipt of an application"),
	    v->hub->conf.name[v->language], v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH,
	    a->submitted_on);
	ret->columns = true;
	fact(v, ret, "Reference", d->ref);
	fact(v, ret, "Procedure", procedure);
	fact(v, ret, "Project", d->title);
	day(v, ret, "Received on", a->submitted_on);
	fact(v, ret, "Signed by", json_string_value(json_object_get(e->data, "signed_by")));
	fact(v, ret, "Commitment", json_string_value(json_object_get(e->data, "commitment")));
	fact(v, ret, "Where it stands", desk_state(a)->name[v->language]);
	fact(v, ret, "Legal basis", desk_source(v, step ? step->source : NULL));
	add_effect(v, ret, a);
	add_delays(v, ret, a);
	add_contents(v, ret, version);
	desk_document_heading(ret, 2, words_of(v, "Who to ask"));
	fact(v, ret, "Service", v->hub->conf.name[v->language]);
	fact(v, ret, "E-mail address", v->hub->conf.contact);
	fact(v, ret, "Address",
	    arena_format(&v->q->memory, "%s/desk/%s", v->hub->conf.origin, d->ref));
}

int desk_get_receipt(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_DESK_VERSION struct desk_version version = {0};
	AUTO_DESK_DOCUMENT struct desk_document document = {0};
	AUTO_FREE char *name = NULL;
	struct desk desk = desk_of(v);
	struct desk_application a;
	const struct desk_event *e;

	if (desk_open_dossier(v, &d, err) < 0)
		return -1;
	e = submission(&d, &a);
	if (!e)
		return visit_not_found(v, err);
	if (desk_version_load(&desk, d.id, 1, &version, err) < 0)
		return -1;
	write_receipt(v, &d, &a, e, &version, &document);
	name = str_format("%s-%s.pdf", d.ref, v->language == FRENCH ? "recepisse" : "receipt");
	return desk_send_pdf(v, &document, name, err);
}
