/*
 * The public sheet of a project: one JSON object, the same in the store, in the
 * API and on its way from the desk.
 *
 *   {"sheet": 1, "reference": "R-2026-00012",
 *    "title": {"fr": "...", "en": "..."}, "summary": {..}, "benefits": {..},
 *    "procedure": "mr-004", "status": "ongoing", "decision_reasons": {..},
 *    "received": "2026-01-05", "decided": .., "start": .., "end": .., "ended": ..,
 *    "purposes": ["research"], "objectives": [".."], "domains": ["cancer"],
 *    "sources": [{"source": "snds", "component": "dcir"}], "linkage": {..},
 *    "controllers": [{"name": "..", "type": "university"}], "implementers": [..],
 *    "provider": {..}, "funders": [".."], "platform": "..", "location": "..",
 *    "legal_bases": ["gdpr-6-1-e"], "retention_months": 24,
 *    "transfers_outside_eu": false, "automated_decision": false, "rights_contact": "..",
 *    "results": [{"kind": "publication", "title": {..}, "date": .., "doi": "10...",
 *                 "hal": "hal-..", "url": "https://..", "summary": {..}}],
 *    "results_extension": {"until": .., "reason": {..}}}
 *
 * Required: reference, title (in one language at least), status. Texts are
 * bilingual objects, lists hold codes of vocabulary.h; purposes, objectives,
 * domains and components may be words of their own. `received` is the day it
 * was complete, `ended` the end of the processing, from which the 18 months of
 * Art. 61(4) of Regulation (EU) 2025/327 run.
 */
#ifndef REGISTER_SHEET_H
#define REGISTER_SHEET_H

#include "base/date.h"
#include "base/vec.h"
#include "io/json.h"
#include "register/vocabulary.h"

enum {
	REGISTER_SHEET_VERSION = 1,
	REGISTER_SHEET_MAX = 256 << 10, /* bytes */
	REGISTER_RESULT_MONTHS = 18,    /* Art. 61(4) */
};

/* ERR_FORMAT with the field's name, never its value. */
MUST_CHECK int register_sheet_check(const json_t *sheet, struct err *err);
/* RFC 7396: fields of the patch replace, null removes, what it does not name stays. */
void register_sheet_patch(json_t *sheet, const json_t *patch);
/* Sources are a set: the same ones stand in the same order. */
void register_sheet_tidy(json_t *sheet);

/* A reference is 1..64 letters, digits, '.', '_', '-', the first a letter or digit. */
bool register_reference_valid(struct view reference);

/* Text of a field; nothing when it has none. */
struct view register_sheet_text(const json_t *object, const char *field);
/* Bilingual text; the other language's when it has none; *ret_said (may be NULL): which. */
struct view register_sheet_words(const json_t *object, const char *field,
    enum register_language l, enum register_language *ret_said);
/* DATE_NONE when it has none. */
date_t register_sheet_date(const json_t *object, const char *field);
/* "snds" or "snds/dcir" of an entry of sources, into `out`. */
void register_source_path(const json_t *source, struct str *out);

enum register_results_state {
	REGISTER_RESULTS_NONE,     /* the processing has not ended */
	REGISTER_RESULTS_AWAITED,  /* within the time */
	REGISTER_RESULTS_EXTENDED, /* within the longer time, with its reason */
	REGISTER_RESULTS_LATE,
	REGISTER_RESULTS_THERE,
};

/* *ret_due (may be NULL): the last day for results, or DATE_NONE. */
enum register_results_state register_results_state(const json_t *sheet, date_t today,
    date_t *ret_due);

#endif
