#include "desk/sheet.h"

static const char *text_of(const json_t *data, const char *key)
{
	return json_string_value(json_object_get(data, key));
}

static void set_text(json_t *into, const char *key, const char *text)
{
	if (text && *text)
		json_object_set_new(into, key, json_string(text));
}

/* "title_fr" and "title_en" of an event, as {"fr", "en"} of `into`. */
static void set_both(json_t *into, const char *key, const json_t *data)
{
	static const char *const languages[] = {"en", "fr"};

	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		AUTO_FREE char *name = str_format("%s_%s", key, languages[i]);
		const char *text = text_of(data, name);
		json_t *both = json_object_get(into, key);

		if (!text)
			continue;
		if (!both) {
			both = json_object();
			json_object_set_new(into, key, both);
		}
		set_text(both, languages[i], text);
	}
}

static void set_one(json_t *into, const char *key, const char *language, const char *text)
{
	json_t *both;

	if (!text || !*text)
		return;
	both = json_object();
	set_text(both, language, text);
	json_object_set_new(into, key, both);
}

static void set_day(json_t *into, const char *key, date_t day)
{
	char buf[DATE_TEXT_SIZE];

	if (day != DATE_NONE)
		set_text(into, key, date_format(day, buf));
}

/* What the words of an event say of a result. */
static void put_result(json_t *result, const json_t *data)
{
	static const char *const plain[] = {"kind", "doi", "hal", "url"};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		set_text(result, plain[i], text_of(data, plain[i]));
	set_text(result, "date", text_of(data, "result_day"));
	set_both(result, "title", data);
	set_both(result, "summary", data);
}

static json_t *numbered(json_t *all, const json_t *data)
{
	json_int_t n = json_integer_value(json_object_get(data, "number"));

	return n >= 1 ? json_array_get(all, (size_t)n - 1) : NULL;
}

json_t *desk_sheet_results(const struct desk_dossier *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];
		json_t *one = numbered(all, e->data);

		if (strcmp(e->type, "result_deposited") == 0) {
			one = json_pack("{s:i, s:{}, s:[]}", "number",
			    (int)json_array_size(all) + 1, "result", "corrected");
			put_result(json_object_get(one, "result"), e->data);
			json_array_append_new(all, one);
		} else if (one && strcmp(e->type, "result_corrected") == 0) {
			put_result(json_object_get(one, "result"), e->data);
			json_array_append(json_object_get(one, "corrected"),
			    json_object_get(e->data, "reasons"));
		} else if (one && strcmp(e->type, "result_withdrawn") == 0) {
			json_object_set(one, "withdrawn", json_object_get(e->data, "reasons"));
		}
	}
	return all;
}

static void set_results(json_t *sheet, const struct desk_dossier *d)
{
	AUTO_JSON json_t *all = desk_sheet_results(d);
	json_t *shown = json_array(), *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		if (!json_object_get(one, "withdrawn"))
			json_array_append(shown, json_object_get(one, "result"));
	}
	json_object_set_new(sheet, "results", shown);
}

static const struct desk_event *last_event(const struct desk_dossier *d, const char *type)
{
	for (size_t i = d->events.len; i > 0; i--)
		if (strcmp(d->events.ptr[i - 1].type, type) == 0)
			return &d->events.ptr[i - 1];
	return NULL;
}

static date_t legal_day(const struct desk_event *e)
{
	const char *text = e ? text_of(e->data, "day") : NULL;
	date_t day = e ? desk_paris_day(e->at) : DATE_NONE;

	return text && date_parse(VIEW(text), &day) ? day : e ? desk_paris_day(e->at)
	                                                      : DATE_NONE;
}

/* On the day of some event, or today, its work might start. */
static bool was_authorised(const struct desk_dossier *d, date_t today)
{
	struct desk_application a;
	struct err unused = {0};

	if (desk_begin(&a, d->basis.law, &d->events.ptr[0], &unused) < 0)
		return false;
	for (size_t i = 1; i < d->events.len; i++) {
		struct desk_application then = desk_at(&a, legal_day(&d->events.ptr[i]));

		if (desk_may_start(&then) || desk_apply(&a, &d->events.ptr[i], &unused) < 0 ||
		    desk_may_start(&a))
			return true;
	}
	a = desk_at(&a, MAX(today, a.day));
	return desk_may_start(&a);
}

static const char *status_of(const struct desk_application *now, bool authorised)
{
	const char *id = desk_state(now)->id;

	if (strcmp(id, "revoked") == 0 || strcmp(id, "suspended") == 0)
		return id;
	switch (desk_state(now)->outcome) {
	case DESK_AUTHORISED:
		return desk_has_seen(now, "processing_ended") ? "ended"
		       : desk_has_seen(now, "made_available") ? "ongoing"
		                                              : "authorised";
	case DESK_REFUSED:
		return "refused";
	case DESK_CLOSED:
		return desk_has_seen(now, "reoriented") ? "reoriented"
		       : authorised                     ? "ended"
		                                        : "withdrawn";
	case DESK_OPEN:
	case DESK_OUTCOMES:
		break;
	}
	return "received";
}

/* From which the delay of the results runs. */
static date_t end_of_processing(const struct desk_application *now, const struct desk_dossier *d)
{
	int clock = desk_route_clock(now->route, VIEW_LIT("results"));

	if (clock >= 0 && now->clocks[clock].status != DESK_CLOCK_IDLE)
		return now->clocks[clock].start;
	return legal_day(last_event(d, "processing_ended"));
}

static void set_extension(json_t *sheet, const struct desk_application *now,
    const struct desk_dossier *d, const char *language)
{
	const struct desk_event *e = last_event(d, "results_extended");
	int clock = desk_route_clock(now->route, VIEW_LIT("results"));
	json_t *extension;

	if (!e || clock < 0 || now->clocks[clock].last_day == DATE_NONE)
		return;
	extension = json_object();
	set_day(extension, "until", now->clocks[clock].last_day);
	set_one(extension, "reason", language, text_of(e->data, "reasons"));
	json_object_set_new(sheet, "results_extension", extension);
}

/* The form first; what was described for the public counts more. */
static void set_words(json_t *sheet, const struct desk_dossier *d,
    const struct desk_sheet_words *w)
{
	if (w->form)
		desk_sheet_take_form(sheet, w->form, w->answers, w->language);
	if (!json_object_get(sheet, "title"))
		set_one(sheet, "title", w->language, d->title);
	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];

		if (strcmp(e->type, "project_described") != 0)
			continue;
		set_both(sheet, "title", e->data);
		set_both(sheet, "summary", e->data);
		set_both(sheet, "benefits", e->data);
	}
}

static bool is_public(const struct desk_publicity *p, const struct desk_application *now,
    bool authorised)
{
	if (!p->procedure || now->submitted_on == DATE_NONE)
		return false;
	if (desk_state(now)->outcome == DESK_REFUSED && !authorised)
		return p->refusals;
	return authorised || p->from_submission;
}

json_t *desk_sheet_patch(const struct desk_dossier *d, const struct desk_sheet_words *w,
    date_t today)
{
	struct desk_application now = desk_at(&d->basis, MAX(today, d->basis.day));
	const struct desk_publicity *p = &now.route->publicity;
	bool authorised = was_authorised(d, today);
	const struct desk_event *refused = last_event(d, "refused");
	json_t *sheet;

	if (!is_public(p, &now, authorised))
		return NULL;
	sheet = json_pack("{s:s, s:s, s:s}", "reference", d->ref, "procedure", p->procedure,
	    "status", status_of(&now, authorised));
	set_words(sheet, d, w);
	set_day(sheet, "received", now.submitted_on);
	set_day(sheet, "decided", now.decision_mode == DESK_NONE ? DATE_NONE : now.decision_day);
	set_day(sheet, "start", legal_day(last_event(d, "made_available")));
	set_day(sheet, "ended", end_of_processing(&now, d));
	if (refused)
		set_one(sheet, "decision_reasons", w->language,
		    text_of(refused->data, "reasons"));
	set_results(sheet, d);
	set_extension(sheet, &now, d, w->language);
	return sheet;
}

void desk_sheet_take_back(json_t *sheet, json_t *before)
{
	const char *key;
	json_t *said;

	json_object_foreach(before, key, said)
	{
		json_t *now = json_object_get(sheet, key);

		if (!now)
			json_object_set_new(sheet, key, json_null());
		else if (json_is_object(said) && json_is_object(now))
			desk_sheet_take_back(now, said);
	}
}
