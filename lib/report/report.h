/*
 * One result document, four faces: a table in the terminal, JSON, CSV, one
 * self-contained HTML page. Commands build a document; nothing else prints
 * results.
 *
 *   report
 *     ├─ title, lede, facts (key: value)          what was asked, of what
 *     ├─ tables: columns (name, label, kind), rows of cells
 *     ├─ charts: a Vega-Lite specification over one of the tables
 *     └─ notes: what the reader must know
 *
 * All text is copied into the document's arena. A cell is text; its column's
 * kind says how it is aligned, grouped and typed in JSON. "" is missing.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum report_kind {
	REPORT_TEXT,   /* names, codes, years, values of data: never regrouped, never translated */
	REPORT_WORDS,  /* our own words: as REPORT_TEXT, and translated (language.h) */
	REPORT_COUNT,  /* integer, grouped by thousands for people: 12 345 */
	REPORT_NUMBER, /* decimal number, digits as written, grouped too: 9 422.8 */
	REPORT_DATE,
	REPORT_PERCENT, /* a share 0..1 in data; "12.3 %" for people */
};

struct report_column {
	const char *name;  /* machine name: snake_case */
	const char *label; /* for people; NULL: they are not shown it, charts and programs are */
	enum report_kind kind;
};

enum report_role {
	REPORT_SHOWN = 1,    /* terminal and HTML */
	REPORT_EXPORTED = 2, /* what --format csv writes; the first such table */
	REPORT_DETAIL = 4,   /* HTML (folded) and JSON, not the terminal */
};

struct report_table {
	const char *id; /* machine name, unique in the document */
	const char *title;
	unsigned role;                       /* report_role bits */
	const struct report_column *columns; /* borrowed: static */
	size_t column_count;
	VEC(const char *) cells; /* row-major; never NULL */
	VEC(size_t) words;       /* cells of our own words in columns of others, ascending */
};

struct report_chart {
	const char *id;
	const char *title;
	const char *alt;      /* what a screen reader says: the finding in words */
	const char *table_id; /* its rows become the spec's data, keyed by column name */
	const char *spec;     /* Vega-Lite JSON object without "data" */
};

/* A picture made by us, without data: SVG that only draws. */
struct report_drawing {
	const char *id;
	const char *title;
	const char *alt; /* what it shows, in words */
	const char *svg;
};

/* A small card of one thing among many: of the page alone; its facts stand in a table too. */
struct report_panel {
	const char *title, *tag;
	const char *text; /* one line of facts */
	const char *svg;  /* "" or a small drawing, as report_add_svg has it */
	const char *alt;
};

struct report_fact {
	const char *key;
	const char *label;
	const char *value;
	bool is_counted; /* people are shown its numbers grouped by thousands */
	bool is_words;   /* our own words, no path or identifier: translated */
};

struct report {
	struct arena arena;
	const char *title;
	const char *lede; /* one or two sentences; may be "" */
	VEC(struct report_fact) facts;
	VEC(struct report_table *) tables;
	VEC(struct report_chart) charts;
	VEC(struct report_drawing) drawings;
	const char *panels_title;
	VEC(struct report_panel) panels;
	const char *search; /* label of a search box over the page's tables, or NULL: none */
	VEC(const char *) notes;
	const struct report_language *language; /* of the terminal and the page; NULL: English */
};

#define AUTO_REPORT AUTO(report_free)

struct report *report_new(const char *title, const char *lede);
void report_free(struct report **r);
void report_add_fact(struct report *r, const char *key, const char *label, const char *fmt, ...)
    ATTR_PRINTF(4, 5);
/* A fact of counts and measures, no path or identifier: "6000 of 12000", "0.5". */
void report_add_counts(struct report *r, const char *key, const char *label, const char *fmt, ...)
    ATTR_PRINTF(4, 5);
/* A fact of our own words: "comma". */
void report_add_word(struct report *r, const char *key, const char *label, const char *word);
/* "12 345 678", in the document's arena. */
const char *report_grouped(struct report *r, uint64_t n);
void report_add_note(struct report *r, const char *fmt, ...) ATTR_PRINTF(2, 3);
struct report_table *report_add_table(struct report *r, const char *id, const char *title,
    unsigned role, const struct report_column *columns, size_t column_count);
/* Before all others: the finding of findings, which is known last. */
void report_put_first(struct report *r, const struct report_table *t);
/* Append one cell; a row is full after column_count of them. */
void report_add_cell(struct report *r, struct report_table *t, const char *fmt, ...)
    ATTR_PRINTF(3, 4);
/* The same, of our own words in a column of other texts. */
void report_add_words(struct report *r, struct report_table *t, const char *words);
void report_add_chart(struct report *r, const char *id, const char *title, const char *alt,
    const char *table_id, const char *spec);
/*
 * `svg` is one <svg> element of shapes and text, styled by classes of
 * web/report.css; texts in it have passed report_add_html. Anything that could
 * load, link or run is a programmer's error: assert.
 */
void report_add_svg(struct report *r, const char *id, const char *title, const char *alt,
    const char *svg);
/* All panels stand under one title, behind the tables in sight. */
void report_add_panel(struct report *r, const char *panels_title, const struct report_panel *panel);
bool report_svg_is_plain(const char *svg);
/* A box on the page that leaves only the rows that hold every word typed. */
void report_set_search(struct report *r, const char *label);
/*
 * The tables, charts and drawings of another document as a part of this one: "ID.table", titled
 * "TITLE: ...". Tables of `shown` (NULL-terminated) stay where they are shown, unless empty; the
 * rest is folded. Facts and notes are left to the caller.
 */
void report_add_part(struct report *r, const struct report *part, const char *id,
    const char *title, const char *const *shown);
size_t report_rows(const struct report_table *t);

enum report_format {
	REPORT_AS_TABLE,
	REPORT_AS_JSON,
	REPORT_AS_CSV,
};
#define REPORT_FORMATS "table|json|csv"

/* The faces, as pure functions. `width` is the terminal's columns. */
void report_to_terminal(const struct report *r, size_t width, bool colour, struct str *out);
void report_to_json(const struct report *r, struct str *out);
void report_to_csv(const struct report *r, struct str *out);
void report_to_html(const struct report *r, struct str *out);

/* In which language people read; JSON and CSV are the same in all. */
enum report_in {
	REPORT_IN_ENGLISH,
	REPORT_IN_FRENCH,
};
#define REPORT_LANGUAGES "en|fr"

/* What the commands' output options hold; OPTS in report/options.h. */
struct report_output {
	int format;            /* enum report_format, on stdout */
	const char *html_path; /* --report FILE or NULL */
	int language;          /* enum report_in */
};

/* Print to stdout in the chosen format and write the HTML page (atomically). */
MUST_CHECK int report_emit(const struct report *r, const struct report_output *o, struct err *err);
/*
 * The same for a command whose result is the files that it makes: when `quiet`, the table for
 * people is not printed; JSON, CSV and the page are.
 */
MUST_CHECK int report_emit_account(const struct report *r, const struct report_output *o,
    bool quiet, struct err *err);

#endif
