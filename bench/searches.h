/* What benchmarks ask of the register. */
#ifndef BENCH_SEARCHES_H
#define BENCH_SEARCHES_H

#include "base/str.h"

/* Words as people type them: whole, begun, with accents, with a mistake, none at all. */
static const char *const searches[] = {"diabete", "cancer du sein", "insuffisance card", "AVC",
    "stroke", "mélanome", "melanomme", "parcours de soins", "covid", "asthme adulte", "EX-00421",
    "hypertension arterielle", "alzeihmer", "grippe saison", "", "hospit", "qualite prise charge"};
static const char *const search_filters[][2] = {{"", ""}, {"source", "snds"},
    {"source", "snds/dcir"}, {"status", "ongoing"}, {"year", "2024"}, {"domain", "cancer"},
    {"procedure", "mr-004"}};

/* As the value of a query in an address. */
static inline void search_add_escaped(struct str *out, const char *words)
{
	for (const char *c = words; *c; c++)
		str_addf(out, "%%%02X", (unsigned char)*c);
}

#endif
