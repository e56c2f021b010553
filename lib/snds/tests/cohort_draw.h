/* A random specification that the language allows, as text. */
#ifndef SNDS_TESTS_COHORT_DRAW_H
#define SNDS_TESTS_COHORT_DRAW_H

#include "cohort_world.h"

#define DRAW_ONE(r, list) ((list)[rng_below((r), ARRAY_LEN(list))])

static inline void draw_date(struct rng *r, struct str *out, int from, int to)
{
	char text[DATE_TEXT_SIZE];

	str_addf(out, "\"%s\"",
	    date_format(date_from_civil(2017, 1, 1) + rng_range(r, from, to), text));
}

static inline void draw_codes(struct rng *r, struct str *out, const char *key,
    const char *const *from, size_t count)
{
	str_addf(out, ", \"%s\": [", key);
	for (int i = 0, n = rng_range(r, 1, 2); i < n; i++)
		str_addf(out, "%s\"%s\"", i ? ", " : "", from[rng_below(r, (uint32_t)count)]);
	str_addc(out, ']');
}

static inline void draw_events(struct rng *r, struct str *out)
{
	static const char *const codes[] = {
	    "E10", "E10*", "E10.9", "I21*", "I210", "G*", "3400000000001", "34*"};
	static const char *const atc[] = {"A10", "A10B*", "A10BX06", "B", "N"};
	bool drugs = rng_chance(r, 0.4);

	str_addz(out, "{\"events\": [");
	if (drugs)
		str_addz(out, "\"drug\"");
	for (int i = 0, n = rng_range(r, 1, 2); !drugs && i < n; i++)
		str_addf(out, "%s\"%s\"", i ? ", " : "", DRAW_ONE(r, world_categories));
	str_addc(out, ']');
	if (drugs && rng_chance(r, 0.6))
		draw_codes(r, out, "atc", atc, ARRAY_LEN(atc));
	if (drugs && rng_chance(r, 0.3))
		draw_codes(r, out, "not_atc", atc, ARRAY_LEN(atc));
	if (rng_chance(r, 0.5))
		draw_codes(r, out, "codes", codes, ARRAY_LEN(codes));
	if (rng_chance(r, 0.3))
		draw_codes(r, out, "not_codes", codes, ARRAY_LEN(codes));
	if (rng_chance(r, 0.2))
		str_addf(out, ", \"value\": {\"min\": %d}", rng_range(r, 1, 4));
	else if (rng_chance(r, 0.2))
		str_addf(out, ", \"value\": {\"min\": 2, \"max\": %d}", rng_range(r, 1, 4));
	if (rng_chance(r, 0.2)) {
		str_addz(out, ", \"from\": ");
		draw_date(r, out, 0, 60);
		str_addz(out, ", \"to\": ");
		draw_date(r, out, 60, 120);
	}
}

static inline void draw_window(struct rng *r, struct str *out)
{
	if (rng_chance(r, 0.7))
		str_addf(out, ", \"from_days\": %d", rng_range(r, -30, 5));
	if (rng_chance(r, 0.7))
		str_addf(out, ", \"to_days\": %d", rng_range(r, 5, 30));
	if (rng_chance(r, 0.3))
		str_addz(out, ", \"overlaps\": true");
}

static inline void draw_links(struct rng *r, struct str *out, int above)
{
	static const char *const keys[] = {"with", "without"};

	str_addf(out, "{\"of\": \"s%d\"", rng_range(r, 0, above - 1));
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		if (!rng_chance(r, 0.6))
			continue;
		str_addf(out, ", \"%s\": [{\"set\": \"s%d\"", keys[k], rng_range(r, 0, above - 1));
		if (rng_chance(r, 0.3))
			str_addz(out, ", \"during\": true, \"overlaps\": true");
		else if (rng_chance(r, 0.2))
			str_addz(out, ", \"during\": true");
		else
			draw_window(r, out);
		if (rng_chance(r, 0.6))
			str_addf(out, ", \"days\": %d", rng_range(r, 2, 4));
		str_addz(out, "}]");
	}
}

static inline void draw_set(struct rng *r, struct str *out, int index)
{
	int kind = index ? rng_range(r, 0, 3) : 0;

	str_addf(out, "%s\"s%d\": ", index ? ", " : "", index);
	if (kind < 2)
		draw_events(r, out);
	else if (kind == 2)
		str_addf(out, "{\"any_of\": [\"s%d\", \"s%d\"]", rng_range(r, 0, index - 1),
		    rng_range(r, 0, index - 1));
	else
		draw_links(r, out, index);
	if (rng_chance(r, 0.25)) {
		str_addf(out, ", \"days\": %d", rng_range(r, 2, 3));
		if (rng_chance(r, 0.7))
			str_addf(out, ", \"within_days\": %d", rng_range(r, 1, 20));
		if (rng_chance(r, 0.5))
			str_addz(out, ", \"dated\": \"start\"");
	}
	str_addc(out, '}');
}

static inline void draw_events_near(struct rng *r, struct str *out, int sets)
{
	str_addf(out, "{\"set\": \"s%d\"", rng_range(r, 0, sets - 1));
	draw_window(r, out);
	if (rng_chance(r, 0.2)) {
		str_addz(out, ", \"from\": ");
		draw_date(r, out, 0, 80);
	}
	if (rng_chance(r, 0.2)) {
		str_addz(out, ", \"to\": ");
		draw_date(r, out, 80, 120);
	}
	if (rng_chance(r, 0.6))
		str_addf(out, ", \"days\": %d", rng_range(r, 0, 4));
	if (rng_chance(r, 0.3))
		str_addf(out, ", \"at_most_days\": %d", rng_range(r, 4, 6));
	str_addc(out, '}');
}

static inline void draw_where(struct rng *r, struct str *out, int sets, int depth)
{
	switch (rng_range(r, depth > 2 ? 3 : 0, 9)) {
	case 0:
	case 1:
		str_addf(out, "{\"%s\": [", rng_chance(r, 0.5) ? "all" : "any");
		draw_where(r, out, sets, depth + 1);
		str_addz(out, ", ");
		draw_where(r, out, sets, depth + 1);
		str_addz(out, "]}");
		break;
	case 2:
		str_addz(out, "{\"not\": ");
		draw_where(r, out, sets, depth + 1);
		str_addc(out, '}');
		break;
	case 3: str_addf(out, "\"s%d\"", rng_range(r, 0, sets - 1)); break;
	case 4: draw_events_near(r, out, sets); break;
	case 5:
		str_addf(out, "{\"age\": {\"min\": %d, \"max\": %d}}", rng_range(r, 7, 10),
		    rng_range(r, 10, 13));
		break;
	case 6: str_addf(out, "{\"sex\": \"%s\"}", rng_chance(r, 0.5) ? "male" : "female"); break;
	case 7: str_addz(out, "{\"departments\": [\"01\", \"2A\"]}"); break;
	case 8:
		str_addf(out, "{\"observed\": {\"before\": %d, \"after\": %d}}",
		    rng_range(r, 0, 30), rng_range(r, 0, 30));
		break;
	default:
		str_addz(out, "{\"index\": {\"from\": ");
		draw_date(r, out, 0, 60);
		str_addz(out, "}}");
	}
}

static inline void draw_index(struct rng *r, struct str *out, int sets)
{
	static const char *const events[] = {"first", "last", "each"};

	str_addz(out, "\"index\": {");
	if (rng_chance(r, 0.15)) {
		str_addz(out, "\"day\": ");
		draw_date(r, out, 0, 110);
	} else {
		str_addf(out, "\"set\": \"s%d\", \"event\": \"%s\"", rng_range(r, 0, sets - 1),
		    DRAW_ONE(r, events));
		if (rng_chance(r, 0.3))
			str_addf(out, ", \"gap_days\": %d", rng_range(r, 1, 12));
	}
	str_addc(out, '}');
}

static inline void draw_exit(struct rng *r, struct str *out, int sets)
{
	const char *sep = "";

	str_addz(out, ", \"exit\": {");
	if (rng_chance(r, 0.5)) {
		str_addf(out, "\"days\": %d", rng_range(r, 0, 60));
		sep = ", ";
	}
	if (rng_chance(r, 0.5))
		str_addf(out, "%s\"sets\": [{\"set\": \"s%d\", \"from_days\": %d}, "
			      "{\"set\": \"s%d\"}]",
		    sep, rng_range(r, 0, sets - 1), rng_range(r, 0, 30),
		    rng_range(r, 0, sets - 1));
	str_addc(out, '}');
}

static inline void draw_spec(struct rng *r, struct str *out)
{
	static const char *const keeps[] = {"all", "first", "last"};
	int sets = rng_range(r, 1, 5);
	int steps = rng_range(r, 0, 2);

	str_addz(out, "{\"hygie_cohort\": 1, \"name\": \"drawn\", \"sets\": {");
	for (int i = 0; i < sets; i++)
		draw_set(r, out, i);
	str_addz(out, "}, ");
	draw_index(r, out, sets);
	str_addz(out, ", \"steps\": [");
	for (int i = 0; i < steps; i++) {
		str_addf(out, "%s{\"label\": \"step\", \"where\": ", i ? ", " : "");
		draw_where(r, out, sets, 0);
		str_addc(out, '}');
	}
	str_addf(out, "], \"keep\": \"%s\"", DRAW_ONE(r, keeps));
	draw_exit(r, out, sets);
	str_addc(out, '}');
}

#endif
