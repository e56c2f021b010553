#include "register/synth.h"

#include "base/embed.h"
#include "base/rng.h"

#include <assert.h>
#include <stdio.h>

enum {
	STREAM = 0x5ee7,
	WEIGHTS_MAX = 32,
	DAYS_TO_START = 200,
	DAYS_TO_DECIDE = 150,
};

void register_synth_open(struct register_synth *s, uint64_t seed, size_t projects, date_t today)
{
	struct err err = {0};
	int failed;

	*s = (struct register_synth){.seed = seed, .projects = projects, .today = today};
	failed = json_parse(&s->words, "synth.json", embed_find("register/data/synth.json"), &err);
	assert(failed == 0);
	(void)failed; /* a defect of the build: the tests load it */
}

void register_synth_close(struct register_synth *s)
{
	json_clear(&s->words);
}

/* A sheet in the making. */
struct draft {
	const struct register_synth *synth;
	struct rng rng;
	json_t *sheet;
	const json_t *domain, *subject; /* the first one's */
	const char *procedure;
	date_t received, start;
};

static const json_t *words(const struct draft *d, const char *list)
{
	return json_object_get(d->synth->words, list);
}

static const char *text_at(const json_t *pair, size_t i)
{
	return json_string_value(json_array_get(pair, i));
}

/* Weights are the second of each entry, or its member "weight". */
static const json_t *draw_weighted(struct draft *d, const char *list)
{
	const json_t *all = words(d, list);
	double weights[WEIGHTS_MAX];
	size_t n = json_array_size(all);

	assert(n <= WEIGHTS_MAX);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(all, i);

		weights[i] = json_number_value(json_is_object(entry)
						   ? json_object_get(entry, "weight")
						   : json_array_get(entry, 1));
	}
	return json_array_get(all, rng_weighted(&d->rng, weights, n));
}

static const json_t *draw(struct draft *d, const json_t *list)
{
	return json_array_get(list, rng_below(&d->rng, (uint32_t)json_array_size(list)));
}

static void set_day(struct draft *d, const char *field, date_t day)
{
	char text[DATE_TEXT_SIZE];

	json_object_set_new(d->sheet, field, json_string(date_format(day, text)));
}

static void set_both(json_t *object, const char *field, const char *fr, const char *en)
{
	json_object_set_new(object, field, json_pack("{s:s, s:s}", "fr", fr, "en", en));
}

static void draw_title(struct draft *d)
{
	const json_t *design = draw(d, words(d, "designs"));
	const json_t *population = draw(d, words(d, "populations"));
	AUTO_FREE char *fr = NULL;
	AUTO_FREE char *en = NULL;
	AUTO_FREE char *fr_summary = NULL;
	AUTO_FREE char *en_summary = NULL;

	d->domain = draw_weighted(d, "domains");
	d->subject = draw(d, json_object_get(d->domain, "subjects"));
	fr = str_format("%s : %s %s", text_at(design, 0), text_at(d->subject, 0),
	    text_at(population, 0));
	en = str_format("%s: %s %s", text_at(design, 1), text_at(d->subject, 1),
	    text_at(population, 1));
	fr_summary = str_format("Projet fictif, pour essayer le répertoire. Sujet : %s %s. "
				"Aucune donnée réelle n'est utilisée.",
	    text_at(d->subject, 0), text_at(population, 0));
	en_summary = str_format("An invented project, to try the register. Subject: %s %s. "
				"No real data are used.",
	    text_at(d->subject, 1), text_at(population, 1));
	set_both(d->sheet, "title", fr, en);
	set_both(d->sheet, "summary", fr_summary, en_summary);
}

static void draw_received(struct draft *d)
{
	const json_t *year = draw_weighted(d, "years");
	int y = (int)json_integer_value(json_array_get(year, 0));
	date_t first = date_from_civil(y, 1, 1);
	date_t last = MIN(date_from_civil(y, 12, 31), d->synth->today);

	d->received = first + (date_t)rng_below(&d->rng, (uint32_t)MAX(last - first, 0) + 1);
	d->received = MIN(d->received, d->synth->today);
	set_day(d, "received", d->received);
}

static bool is_declared(const char *procedure)
{
	return procedure[0] == 'm'; /* mr-004 to mr-006; 007 and 008 wait for an opinion */
}

/* Reference methodologies 007 and 008 exist since October 2023 (JO, 12 October 2023). */
static void draw_procedure(struct draft *d)
{
	date_t since = date_from_civil(2023, 10, 12);

	d->procedure = text_at(draw_weighted(d, "procedures"), 0);
	if (d->received < since &&
	    (strcmp(d->procedure, "mr-007") == 0 || strcmp(d->procedure, "mr-008") == 0))
		d->procedure = "mr-004";
	json_object_set_new(d->sheet, "procedure", json_string(d->procedure));
}

static void draw_running(struct draft *d)
{
	date_t decided = d->received + (is_declared(d->procedure)
					       ? 0
					       : (date_t)rng_below(&d->rng, DAYS_TO_DECIDE));
	date_t end;

	d->start = decided + (date_t)rng_below(&d->rng, DAYS_TO_START);
	end = date_add_months(d->start, rng_range(&d->rng, 6, 60));
	if (decided > d->synth->today) {
		json_object_set_new(d->sheet, "status", json_string("review"));
		return;
	}
	set_day(d, "decided", decided);
	set_day(d, "start", d->start);
	set_day(d, "end", end);
	if (end <= d->synth->today)
		set_day(d, "ended", end);
	json_object_set_new(d->sheet, "status",
	    json_string(end <= d->synth->today        ? "ended"
			: d->start <= d->synth->today ? "ongoing"
						      : "authorised"));
}

/* Only the standard route reorients, and drops what stays incomplete. */
static void draw_status(struct draft *d)
{
	static const double shares[] = {357, 97, 41};
	size_t way = strcmp(d->procedure, "standard") == 0
	                 ? rng_weighted(&d->rng, shares, ARRAY_LEN(shares))
	                 : 0;

	if (way == 0)
		draw_running(d);
	else
		json_object_set_new(d->sheet, "status",
		    json_string(way == 1 ? "reoriented" : "withdrawn"));
}

static void draw_domains(struct draft *d)
{
	json_t *domains = json_array();
	const json_t *second = draw_weighted(d, "domains");

	json_array_append(domains, json_object_get(d->domain, "code"));
	if (second != d->domain && rng_chance(&d->rng, 0.25))
		json_array_append(domains, json_object_get(second, "code"));
	json_object_set_new(d->sheet, "domains", domains);
	json_object_set_new(d->sheet, "purposes", json_pack("[s]", "research"));
	json_object_set_new(d->sheet, "objectives",
	    json_pack("[O]", draw(d, words(d, "objectives"))));
	json_object_set_new(d->sheet, "legal_bases",
	    json_pack("[s, s]", rng_chance(&d->rng, 0.75) ? "gdpr-6-1-e" : "gdpr-6-1-f",
		"gdpr-9-2-j"));
}

static void add_source(json_t *sources, const char *source, const char *component)
{
	json_t *entry = json_pack("{s:s}", "source", source);

	if (component)
		json_object_set_new(entry, "component", json_string(component));
	json_array_append_new(sources, entry);
}

static void draw_sources(struct draft *d)
{
	static const struct {
		const char *source, *component;
		double chance;
	} all[] = {
	    {"snds", "dcir", 0.3}, {"snds", "pmsi", 0.45}, {"snds", "cepidc", 0.1},
	    {"snds", "rniam", 0.01}, {"survey", NULL, 0.08}, {"registry", NULL, 0.08},
	    {"cohort", NULL, 0.1}, {"warehouse", NULL, 0.3},
	    {"hdh", "Base d'exemple du catalogue", 0.03}};
	json_t *sources = json_array();

	if (strcmp(d->procedure, "simplified") == 0)
		add_source(sources, "snds", "esnd");
	else
		for (size_t i = 0; i < ARRAY_LEN(all); i++)
			if (rng_chance(&d->rng, all[i].chance))
				add_source(sources, all[i].source, all[i].component);
	if (json_array_size(sources) == 0)
		add_source(sources, "other", NULL);
	json_object_set_new(d->sheet, "sources", sources);
}

static void draw_bodies(struct draft *d)
{
	json_t *bodies = json_array();
	int n = 1 + rng_chance(&d->rng, 0.15) + rng_chance(&d->rng, 0.03);

	for (int i = 0; i < n; i++) {
		const json_t *kind = draw_weighted(d, "entities");
		AUTO_FREE char *name =
		    str_format("%s %u", text_at(kind, 2), 1 + rng_below(&d->rng, 120));

		json_array_append_new(bodies,
		    json_pack("{s:s, s:s}", "name", name, "type", text_at(kind, 0)));
	}
	json_object_set_new(d->sheet, "controllers", bodies);
	json_object_set_new(d->sheet, "retention_months", json_integer(24));
	json_object_set_new(d->sheet, "transfers_outside_eu", json_false());
	json_object_set_new(d->sheet, "automated_decision", json_false());
}

/* DOIs below 10.5555 lead nowhere: the prefix is for examples (Crossref). */
static json_t *draw_result(struct draft *d, date_t day, size_t n)
{
	static const char *const kinds[] = {"publication", "report", "tool", "dataset", "model"};
	static const double shares[] = {70, 18, 6, 4, 2};
	const char *kind = kinds[rng_weighted(&d->rng, shares, ARRAY_LEN(shares))];
	AUTO_FREE char *fr = str_format("Résultats du projet fictif : %s", text_at(d->subject, 0));
	AUTO_FREE char *en = str_format("Results of the invented project: %s",
	    text_at(d->subject, 1));
	AUTO_FREE char *doi = str_format("10.5555/exemple.%zu", n + 1);
	json_t *r = json_pack("{s:s}", "kind", kind);
	char text[DATE_TEXT_SIZE];

	set_both(r, "title", fr, en);
	json_object_set_new(r, "date", json_string(date_format(day, text)));
	json_object_set_new(r, "doi", json_string(doi));
	return r;
}

static void draw_results(struct draft *d, size_t n)
{
	date_t ended = register_sheet_date(d->sheet, "ended");
	date_t day = ended == DATE_NONE ? DATE_NONE : ended + rng_range(&d->rng, 30, 800);
	bool has = rng_chance(&d->rng, 0.5);

	if (ended == DATE_NONE || day > d->synth->today || !has) {
		if (ended != DATE_NONE && rng_chance(&d->rng, 0.05)) {
			json_t *e = json_object();
			char text[DATE_TEXT_SIZE];

			json_object_set_new(e, "until",
			    json_string(date_format(date_add_months(ended, 30), text)));
			set_both(e, "reason", "Article en cours d'évaluation par les pairs",
			    "Article under peer review");
			json_object_set_new(d->sheet, "results_extension", e);
		}
		return;
	}
	json_object_set_new(d->sheet, "results", json_pack("[o]", draw_result(d, day, n)));
}

int register_synth_sheet(void *ctx, size_t n, json_t **ret, struct err *err)
{
	const struct register_synth *s = ctx;
	struct draft d = {.synth = s, .rng = rng_at(s->seed, STREAM, n), .sheet = json_object()};
	AUTO_FREE char *reference = str_format("EX-%06zu", n + 1);

	json_object_set_new(d.sheet, "sheet", json_integer(REGISTER_SHEET_VERSION));
	json_object_set_new(d.sheet, "reference", json_string(reference));
	draw_title(&d);
	draw_received(&d);
	draw_procedure(&d);
	draw_status(&d);
	draw_domains(&d);
	draw_sources(&d);
	draw_bodies(&d);
	draw_results(&d, n);
	*ret = d.sheet;
	if (register_sheet_check(d.sheet, err) < 0) {
		json_clear(ret);
		return err_wrap(err, "synthetic sheet");
	}
	return 0;
}
