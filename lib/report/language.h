/*
 * What people read of a report, in another language: a layer over the finished
 * document, which stays in English for programs. Texts come from a catalogue
 * (io/po.h). One with values has holes, which its translation may put in
 * another order:
 *
 *   {name}    any text, as it is: a variable, a file
 *   {#name}   a number or a day, written as in the language: "0.5", "12 345", "<11", "2019-03"
 *   {=name}   a text that has a translation itself
 *   {*name}   texts with a translation each, with ", " between them
 *
 * msgid "{=what}: {name} is not here"   msgstr "{=what} : {name} n’est pas là"
 *
 * A text is looked up as it is, then by the texts with holes: the one counts
 * that leaves least of it as it is. What has no letters needs no translation.
 */
#ifndef REPORT_LANGUAGE_H
#define REPORT_LANGUAGE_H

#include "report/report.h"

#include "io/po.h"

struct report_pattern {
	struct view id, text;
	size_t fixed; /* bytes outside of holes */
};

struct report_language {
	const char *code; /* "fr" */
	char decimal;     /* ',' */
	struct po po;
	VEC(struct report_pattern) patterns;
};

#define AUTO_REPORT_LANGUAGE AUTO(report_language_clear)

void report_language_clear(struct report_language *l);
/* From an embedded catalogue. */
MUST_CHECK int report_language_open(struct report_language *ret, enum report_in in,
    struct err *err);
/* As above, of any catalogue; ERR_FORMAT for holes that are wrong. */
MUST_CHECK int report_language_read(struct report_language *ret, const char *name,
    struct view catalogue, struct err *err);

/* For whom a face is written. */
struct report_reader {
	const struct report_language *language; /* NULL: English, as the document is */
	const char *space;                      /* between groups of three digits */
};

/* Append one of our texts; false: it has no translation and stands there as it is. */
bool report_say(struct str *out, const struct report_reader *to, const char *text);
/* Append a cell as people read it (cell.h); false as above. */
bool report_say_cell(struct str *out, const struct report_reader *to, const struct report_table *t,
    size_t row, size_t column);
/* Append a fact's value; false as above. */
bool report_say_fact(struct str *out, const struct report_reader *to, const struct report_fact *f);
/* One number or day, a number grouped. */
void report_say_figure(struct str *out, const struct report_reader *to, struct view text);
/* Numbers and days among other signs: "12.3 %" as "12,3 %". */
void report_say_figures(struct str *out, const struct report_reader *to, struct view text);

#endif
