#include "guard/evidence.h"

#include "guard/header.h"
#include "guard/shape.h"
#include "stats/gamma.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

/* One NIR where no other number of 15 digits stands is enough: 2.5e-4. */
static const double CHANCE_MAX = 3e-4;
static const double CHANCE_SURE = 1e-6;
/* Detectors that a random cell fools more often are sure with a label only. */
static const double RANDOM_STRONG = 0.025;
static const double FIRST_NAMES_ALONE = 0.6;
static const double FIRST_NAMES_LABELLED = 0.2;

enum {
	FIRST_NAMES_MIN = 8, /* different ones, without a label */
	NAMES_MIN = 20,      /* different ones, beside a column of first names */
	BIRTH_YEARS = 60,    /* spanned by dates that have no label */
};

struct judge {
	const struct guard_knowledge *k;
	const struct guard_column *c;
	int labelled; /* kind of the header */
	struct arena *arena;
	struct guard_evidence best;
};

/* The binomial's upper tail is below that of the Poisson distribution of the same mean. */
double guard_chance(uint64_t matches, uint64_t of, double random)
{
	double mean = (double)of * random;
	double scale = (double)matches > STATS_GAMMA_A_MAX ? (double)matches / STATS_GAMMA_A_MAX
	                                                   : 1;

	if (matches == 0 || (double)matches <= mean)
		return 1;
	return stats_gamma_p((double)matches / scale, mean / scale);
}

static const struct guard_kind *kind_of(const struct judge *j, const char *id)
{
	int kind = guard_kind_find(j->k, VIEW(id));

	assert(kind != GUARD_NO_KIND);
	return &j->k->kinds.ptr[kind];
}

static bool is_labelled(const struct judge *j, uint64_t kinds)
{
	return j->labelled != GUARD_NO_KIND && (kinds >> j->labelled & 1);
}

/* The graver class is kept, then the surer, then the earlier. */
static void offer(struct judge *j, const struct guard_evidence *e)
{
	if (j->best.kind && (e->class < j->best.class || (e->class == j->best.class &&
							     e->confidence <= j->best.confidence)))
		return;
	j->best = *e;
}

static uint64_t cells_for(const struct judge *j, const struct guard_rule *r)
{
	return r->of == GUARD_DETECTORS ? guard_present(j->c) : j->c->detected[r->of].count;
}

static bool is_text_rule(const struct judge *j, const struct guard_rule *r)
{
	return strcmp(j->k->kinds.ptr[r->first_kind].id, "text_identity") == 0;
}

static enum guard_confidence confidence_of(const struct guard_rule *r, bool labelled, double chance)
{
	if (chance > CHANCE_MAX)
		return labelled && r->random >= 1 ? GUARD_MEDIUM : GUARD_LOW;
	if (chance > CHANCE_SURE)
		return GUARD_MEDIUM;
	return labelled || r->random <= RANDOM_STRONG ? GUARD_HIGH : GUARD_MEDIUM;
}

static const char *words_of_rule(const struct judge *j, const struct guard_rule *r,
    const struct guard_evidence *e, bool labelled)
{
	const char *label = labelled ? "header, " : "";
	double expected = (double)e->of * r->random;

	if (r->random >= 1)
		return arena_format(j->arena, "%s%" PRIu64 " of %" PRIu64 " have the form",
		    label, e->matches.count, e->of);
	return arena_format(j->arena, "%s%" PRIu64 " of %" PRIu64 " match (by chance %.*g)",
	    label, e->matches.count, e->of, expected < 10 ? 2 : 15,
	    expected < 10 ? expected : rint(expected));
}

static void judge_rule(struct judge *j, const struct guard_rule *r)
{
	bool labelled = is_labelled(j, r->kinds);
	double needed = labelled ? r->labelled : r->alone;
	struct guard_evidence e = {
	    .kind = &j->k->kinds.ptr[r->first_kind],
	    .matches = j->c->detected[r->detector],
	    .of = cells_for(j, r),
	};
	double share = e.of ? (double)e.matches.count / (double)e.of : 0;

	if (e.matches.count == 0 || needed < 0 || share < needed)
		return;
	e.chance = guard_chance(e.matches.count, e.of, r->random);
	if (e.chance > CHANCE_MAX && !labelled && !is_text_rule(j, r))
		return;
	if (labelled && !is_text_rule(j, r))
		e.kind = &j->k->kinds.ptr[j->labelled];
	e.class = e.kind->class;
	e.confidence = confidence_of(r, labelled, e.chance);
	e.reason = words_of_rule(j, r, &e, labelled);
	offer(j, &e);
}

static void offer_form(struct judge *j, const struct guard_kind *kind,
    enum guard_confidence confidence, const char *reason)
{
	struct guard_evidence e = {
	    .kind = kind,
	    .class = kind->class,
	    .confidence = confidence,
	    .reason = reason,
	    .of = guard_present(j->c),
	};

	offer(j, &e);
}

static void judge_label(struct judge *j)
{
	const struct guard_kind *kind;

	if (j->labelled == GUARD_NO_KIND)
		return;
	kind = &j->k->kinds.ptr[j->labelled];
	if (!guard_has_forms(j->c, kind->forms))
		return;
	if (!(kind->forms & GUARD_KIND_LETTERS))
		offer_form(j, kind, GUARD_MEDIUM, "header, form");
	else if (guard_first_name_share(j->c, j->k) >= FIRST_NAMES_LABELLED)
		offer_form(j, kind, GUARD_HIGH, "header, has first names");
	else
		offer_form(j, kind, GUARD_MEDIUM, "header, words of letters");
}

static void judge_form(struct judge *j)
{
	if (j->c->values.kept >= FIRST_NAMES_MIN &&
	    guard_first_name_share(j->c, j->k) >= FIRST_NAMES_ALONE)
		offer_form(j, kind_of(j, "first_name"), GUARD_MEDIUM,
		    "mostly first names");
	if (guard_years_spanned(j->c) >= BIRTH_YEARS)
		offer_form(j, kind_of(j, "birth_date"), GUARD_LOW,
		    "dates span a life");
	if (!j->best.kind && j->labelled == GUARD_NO_KIND && guard_is_key(j->c))
		offer_form(j, kind_of(j, "record_key"), GUARD_LOW,
		    "a number for each row");
}

static void judge_column(struct guard_evidence *ret, struct judge *j)
{
	if (guard_present(j->c) > 0) {
		for (size_t i = 0; i < j->k->rules.len; i++)
			judge_rule(j, &j->k->rules.ptr[i]);
		judge_label(j);
		judge_form(j);
	}
	*ret = j->best;
}

static bool is_kind(const struct guard_evidence *e, const char *id)
{
	return e->kind && strcmp(e->kind->id, id) == 0;
}

/* Letters without a label, beside first names. */
static void judge_companions(struct guard_findings *f, const struct guard_csv *c,
    const struct guard_knowledge *k)
{
	bool beside = false;

	for (size_t i = 0; i < f->columns.len; i++)
		beside = beside || is_kind(&f->columns.ptr[i], "first_name");
	for (size_t i = 0; beside && i < f->columns.len; i++) {
		struct judge j = {.k = k, .c = &c->columns[i], .arena = &f->arena};

		if (f->columns.ptr[i].kind || c->columns[i].values.kept < NAMES_MIN ||
		    guard_header_kind(k, c->dialect.names.ptr[i]) != GUARD_NO_KIND ||
		    !guard_has_forms(j.c, GUARD_KIND_LETTERS | GUARD_KIND_MANY))
			continue;
		offer_form(&j, kind_of(&j, "surname"), GUARD_LOW,
		    "letters beside first names");
		f->columns.ptr[i] = j.best;
	}
}

void guard_findings_make(struct guard_findings *ret, const struct guard_csv *c,
    const struct guard_knowledge *k)
{
	*ret = (struct guard_findings){0};
	for (size_t i = 0; i < c->dialect.names.len; i++) {
		struct judge j = {
		    .k = k,
		    .c = &c->columns[i],
		    .labelled = guard_header_kind(k, c->dialect.names.ptr[i]),
		    .arena = &ret->arena,
		};

		judge_column(vec_push(&ret->columns), &j);
		if (j.labelled != GUARD_NO_KIND)
			ret->columns.ptr[i].header = &k->kinds.ptr[j.labelled];
	}
	judge_companions(ret, c, k);
}

void guard_findings_clear(struct guard_findings *f)
{
	vec_clear(&f->columns);
	arena_clear(&f->arena);
}

bool guard_has_direct(const struct guard_findings *f)
{
	for (size_t i = 0; i < f->columns.len; i++)
		if (f->columns.ptr[i].kind && f->columns.ptr[i].class == GUARD_CLASS_DIRECT)
			return true;
	return false;
}

static bool is_identifier(enum guard_class class)
{
	return class == GUARD_CLASS_DIRECT || class == GUARD_CLASS_PSEUDONYM;
}

bool guard_is_hidden(const struct guard_evidence *e)
{
	if (e->header && is_identifier(e->header->class))
		return true;
	return e->kind && (is_identifier(e->class) || is_kind(e, "free_text") ||
			      is_kind(e, "blob"));
}

const char *guard_confidence_name(enum guard_confidence c)
{
	static const char *const names[] = {
	    [GUARD_LOW] = "low", [GUARD_MEDIUM] = "medium", [GUARD_HIGH] = "high"};

	return names[c];
}
