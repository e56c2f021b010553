/*
 * Who is told what when: data/letters.json, beside the routes. A rule takes an
 * event of an application or of the committee to people and to a letter. A
 * letter says that something awaits, and where; no value of a person, of a
 * dossier or of health stands in it.
 *
 *   event ──desk_letters_for──► rules ──(the portal finds people)──► desk_letter_add, in its write
 *
 * Rows that wait for a digest are taken by desk_letters_take, in the write that
 * queues the mail: neither is there without the other.
 */
#ifndef DESK_LETTER_H
#define DESK_LETTER_H

#include "desk/record.h"
#include "io/json_in.h"

enum desk_audience {
	DESK_TO_TEAM, /* applicant, investigators, members who write */
	DESK_TO_OFFICER,
	DESK_TO_CHAIR,
	DESK_TO_AUTHORITY,
	DESK_TO_HOLDER,
	DESK_TO_SEATS, /* who sits in the committee */
	DESK_TO_NAMED, /* the account that the event names */
	DESK_TO_DUE,   /* those whose delay it is */
	DESK_AUDIENCES
};
extern const char *const desk_audience_names[DESK_AUDIENCES];

struct desk_letter {
	const char *id; /* "items_asked" */
	struct json_words subject, text;
	const char *page; /* behind /desk/REF; "/committee" is a page of its own */
};

struct desk_letter_rule {
	const char *event;
	unsigned to; /* bits of enum desk_audience */
	const struct desk_letter *letter;
	bool self;    /* who did it is told too: a receipt */
	bool morning; /* waits for the digest, whatever was chosen */
	int days;     /* before a last day */
	const char *source;
};

struct desk_letters;

#define AUTO_DESK_LETTERS AUTO(desk_letters_free)

/* ERR_FORMAT with the place in the file. */
MUST_CHECK int desk_letters_parse(struct desk_letters **ret, struct view json, struct err *err);
/* The one of the program. */
MUST_CHECK int desk_letters_new(struct desk_letters **ret, struct err *err);
void desk_letters_free(struct desk_letters **l);

size_t desk_letters_count(const struct desk_letters *l);
const struct desk_letter_rule *desk_letters_rule(const struct desk_letters *l, size_t i);
/* NULL: none. */
const struct desk_letter *desk_letter_find(const struct desk_letters *l, struct view id);

/* What a letter is filled with; french chooses the language. */
struct desk_letter_place {
	const char *origin, *site; /* "https://hub.example", its name */
	const char *ref;           /* "": of no application */
	bool french;
};

/* Where a letter leads: "https://hub.example/en/desk/2026-00012/permit". */
char *desk_letter_link(const struct desk_letter *l, const struct desk_letter_place *p);
MUST_CHECK int desk_letter_subject(const struct desk_letters *all, const struct desk_letter *l,
    const struct desk_letter_place *p, struct str *ret, struct err *err);
MUST_CHECK int desk_letter_text(const struct desk_letters *all, const struct desk_letter *l,
    const struct desk_letter_place *p, struct str *ret, struct err *err);
/* Several in one: rows is [{"subject", "link"}]. */
MUST_CHECK int desk_letter_digest(const struct desk_letters *all, const json_t *rows,
    const struct desk_letter_place *p, struct str *ret_subject, struct str *ret_text,
    struct err *err);

/* Nobody can write to the address of its account. */
enum { DESK_LETTER_UNSENT = -1 };

/* A letter to somebody, as it is kept. */
struct desk_letter_row {
	int64_t id, application, account, at; /* application 0: of the committee */
	int64_t queued_at;                    /* 0: waits for the digest; or DESK_LETTER_UNSENT */
	const char *letter, *ref;             /* ref: "" without application */
};

struct desk_letter_rows {
	VEC(struct desk_letter_row) all;
	struct arena memory;
};

#define AUTO_DESK_LETTER_ROWS AUTO(desk_letter_rows_clear)

void desk_letter_rows_clear(struct desk_letter_rows *r);

/* Inside a write; `id` and `ref` are not looked at. */
MUST_CHECK int desk_letter_add(struct store_tx *tx, const struct desk_letter_row *row,
    struct err *err);
/* Of an application, oldest first. */
MUST_CHECK int desk_letters_list(struct store *s, int64_t application,
    struct desk_letter_rows *ret, struct err *err);
/* Accounts behind number `after` with letters of before `before` that wait for a digest. */
struct desk_letter_page {
	int64_t before, after;
	size_t max;
};
MUST_CHECK int desk_letters_waiting(struct store *s, const struct desk_letter_page *page,
    struct desk_letter_rows *ret, struct err *err);
/* Inside a write: those letters of an account; from now on they do not wait. */
MUST_CHECK int desk_letters_take(struct store_tx *tx, int64_t account, int64_t before,
    int64_t now, struct desk_letter_rows *ret, struct err *err);

/* Each letter at once, or one mail a day. */
MUST_CHECK int desk_letters_daily(struct store_tx *tx, int64_t account, bool *ret,
    struct err *err);
MUST_CHECK int desk_letters_choose(struct store_tx *tx, int64_t account, bool daily,
    struct err *err);

/* Inside a write: notes that this was told of that day; false: it was before. */
MUST_CHECK int desk_told_once(struct store_tx *tx, int64_t application, const char *what,
    date_t day, int64_t now, bool *ret, struct err *err);
MUST_CHECK int desk_was_told(struct store_tx *tx, int64_t application, const char *what,
    date_t day, bool *ret, struct err *err);

#endif
