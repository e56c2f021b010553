/*
 * A form of the desk is data: sections of fields, each with the text of law it
 * comes from and its labels in English and French. One JSON file a form and
 * version, data/forms/NAME.json; docs/desk-form.md explains every key.
 *
 *   answers (a JSON object)   FIELD: value
 *     text texta email phone date number option    "as typed"
 *     multiselect     ["value", ...]
 *     checkbox        true | false
 *     period          {"from": "as typed", "to": "as typed"}
 *     table persons datasets   [{COLUMN: "as typed"}, ...]
 *     attachment      [{"sha256", "name", "bytes", "type"}, ...]   (form_attachment.h)
 *
 * Answers are kept as typed, right or wrong: desk_form_check says what a draft
 * still lacks. A field whose condition does not hold is hidden: it is neither
 * asked nor checked nor shown, and counts as empty for those that depend on it.
 */
#ifndef DESK_FORM_H
#define DESK_FORM_H

#include "base/map.h"
#include "io/json_in.h"

enum {
	DESK_SECTIONS_MAX = 40,
	DESK_FIELDS_MAX = 600,
	DESK_COLUMNS_MAX = 16,
	DESK_OPTIONS_MAX = 200,
	DESK_CLAUSES_MAX = 8,
	DESK_ROWS_MAX = 500,
	DESK_CHARACTERS_MAX = 50000, /* of one answer */
};

enum desk_language {
	DESK_ENGLISH,
	DESK_FRENCH,
	DESK_LANGUAGES
};

enum desk_field_type {
	DESK_FIELD_HEADER, /* words only */
	DESK_FIELD_LABEL,  /* words only */
	DESK_FIELD_TEXT,
	DESK_FIELD_TEXTA, /* several lines */
	DESK_FIELD_EMAIL,
	DESK_FIELD_PHONE,
	DESK_FIELD_DATE,
	DESK_FIELD_NUMBER, /* whole */
	DESK_FIELD_OPTION,
	DESK_FIELD_MULTISELECT,
	DESK_FIELD_CHECKBOX, /* a declaration: required means ticked */
	DESK_FIELD_PERIOD,
	DESK_FIELD_TABLE,
	DESK_FIELD_PERSONS,  /* a table with columns name and email; nobody twice */
	DESK_FIELD_DATASETS, /* a table with a column dataset; none twice */
	DESK_FIELD_ATTACHMENT,
	DESK_FIELD_TYPES
};
extern const char *const desk_field_type_names[DESK_FIELD_TYPES];

/* The answer to an earlier field is (or, negated, is not) one of `values`. */
struct desk_clause {
	size_t field;
	bool negated;
	const char *const *values; /* NULL: it is (not) empty */
	size_t value_count;
};

struct desk_option {
	const char *value;
	const char *sheet; /* the code that the register has for it; NULL: the value */
	struct json_words label;
};

struct desk_field {
	const char *id;
	enum desk_field_type type;
	struct json_words label, help;
	const char *source;
	bool required;
	bool is_private;                   /* of the applicant and the desk only */
	const char *sheet;                 /* what of the public sheet; NULL: nothing */
	int64_t min, max;                  /* characters, rows, files, choices; a number's value */
	const struct desk_clause *clauses; /* all must hold */
	size_t clause_count;
	const struct desk_option *options;
	size_t option_count;
	const struct desk_field *columns; /* of a table */
	size_t column_count;
	size_t section;
};

struct desk_section {
	const char *id;
	struct json_words title, help;
	const char *source;
	const struct desk_clause *clauses;
	size_t clause_count;
	size_t first, count; /* fields */
};

struct desk_form {
	const char *id; /* "ehds-application" */
	int64_t version;
	date_t valid_from; /* first day for new applications; DATE_NONE: open */
	struct json_words title;
	const char *source;
	const char *const *routes; /* that it serves; NULL-terminated */
	VEC(struct desk_section)
	sections;
	VEC(struct desk_field)
	fields;
	struct map ids;
	struct arena memory;
};

#define AUTO_DESK_FORM AUTO(desk_form_clear)

/* ERR_FORMAT with file and place: "x.json: sections[2].fields[0].when[0].field: ...". */
MUST_CHECK int desk_form_parse(struct desk_form *ret, const char *name, struct view text,
    struct err *err);
/* A form that travels inside the program, by its name; ERR_USAGE names those there are. */
MUST_CHECK int desk_form_find(struct desk_form *ret, const char *id, struct err *err);
/* The form that a new application on this route fills in on that day; 1, 0: none. */
MUST_CHECK int desk_form_choose(struct desk_form *ret, struct view route, date_t day,
    struct err *err);
/* A version of a form, NAME.json or, once there is a newer one, NAME.VERSION.json; 1, 0. */
MUST_CHECK int desk_form_get(struct desk_form *ret, struct view id, int64_t version,
    struct err *err);
void desk_form_clear(struct desk_form *f);
/* NULL: there is none. */
const struct desk_field *desk_form_field(const struct desk_form *f, struct view id);
const struct desk_option *desk_field_option(const struct desk_field *f, struct view value);
static inline bool desk_field_is_table(const struct desk_field *f)
{
	return f->type >= DESK_FIELD_TABLE && f->type <= DESK_FIELD_DATASETS;
}
static inline bool desk_field_has_answer(const struct desk_field *f)
{
	return f->type > DESK_FIELD_LABEL;
}

/* Which fields are asked, given these answers: one a field; heap, the caller frees. */
char *desk_form_visible(const struct desk_form *f, const json_t *answers);
/* Nothing was typed: missing, "", false, [], or a table of empty rows. */
bool desk_answer_is_empty(const struct desk_field *f, const json_t *answer);

enum desk_problem_kind {
	DESK_MISSING,
	DESK_TOO_LONG,  /* more characters than `limit` */
	DESK_TOO_FEW,   /* rows, files or choices */
	DESK_TOO_MANY,  /* idem */
	DESK_TOO_SMALL, /* a number */
	DESK_TOO_LARGE, /* idem */
	DESK_NO_DATE,   /* not a day */
	DESK_NO_NUMBER, /* not a whole number */
	DESK_NO_EMAIL,
	DESK_NO_PHONE,
	DESK_NO_OPTION,   /* none of those offered */
	DESK_BACKWARDS,   /* a period that ends before it begins */
	DESK_TWICE,       /* the same person, dataset, choice or file again */
	DESK_WRONG_SHAPE, /* not the JSON that this type has */
	DESK_UNKNOWN,     /* no such field or column */
	DESK_PROBLEMS
};

/* Never holds what was typed. */
struct desk_problem {
	enum desk_problem_kind kind;
	const struct desk_field *field;  /* NULL: an unknown one */
	const struct desk_field *column; /* of a table, else NULL */
	size_t row;                      /* of a table, from 1; 0: the whole field */
	int64_t limit;
};

struct desk_problems {
	VEC(struct desk_problem)
	all;
};

#define AUTO_DESK_PROBLEMS AUTO(desk_problems_clear)

void desk_problems_clear(struct desk_problems *p);
/* Everything that keeps the answers from being deposited, in the order of the form. */
void desk_form_check(const struct desk_form *f, const json_t *answers,
    struct desk_problems *ret);
/* "is missing", "row 2, E-mail: is no e-mail address": a sentence's end, without a full stop. */
void desk_problem_text(const struct desk_problem *p, enum desk_language language,
    struct str *out);
const char *desk_problem_name(enum desk_problem_kind kind);

#endif
