/* The letters of an application, for the desk; and how one is told, on one's own page. */
#include "portal/desk_letter.h"

#include "portal/desk_form.h"
#include "portal/desk_told.h"

#include <inttypes.h>
#include <stdio.h>

static const char *subject_of(struct visit *v, const struct desk_letter_row *row, struct str *out,
    struct err *err)
{
	const struct desk_letter *l = desk_letter_find(v->portal->letters, VIEW(row->letter));
	struct desk_letter_place place = {"", "", row->ref, v->language == FRENCH};

	if (!l)
		return row->letter;
	return desk_letter_subject(v->portal->letters, l, &place, out, err) < 0 ? NULL
	                                                                        : str_get(out);
}

static json_t *name_or_number(const json_t *names, int64_t account)
{
	char key[24];
	json_t *name;

	snprintf(key, sizeof(key), "%" PRId64, account);
	name = json_object_get(names, key);
	return name ? json_incref(name) : json_string(key);
}

static int add_rows(struct visit *v, const struct desk_letter_rows *rows, json_t *into,
    struct err *err)
{
	int64_t *ids = arena_zalloc(&v->q->memory, rows->all.len + 1, sizeof(*ids));
	AUTO_JSON json_t *names = NULL;

	for (size_t i = 0; i < rows->all.len; i++)
		ids[i] = rows->all.ptr[i].account;
	if (desk_names_of(v, ids, rows->all.len, &names, err) < 0)
		return -1;
	for (size_t i = 0; i < rows->all.len; i++) {
		const struct desk_letter_row *row = &rows->all.ptr[i];
		AUTO_STR struct str text = {0};
		const char *subject = subject_of(v, row, &text, err);

		if (!subject)
			return -1;
		json_array_append_new(into,
		    json_pack("{s:o, s:s, s:s, s:o, s:b, s:b}", "at", desk_time_text(v, row->at),
			"letter", row->letter, "subject", subject, "to",
			name_or_number(names, row->account), "waits", row->queued_at == 0, "unsent",
			row->queued_at == DESK_LETTER_UNSENT));
	}
	return 0;
}

static int read_letters(struct visit *v, struct desk_dossier *d, json_t *into, struct err *err)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};

	return desk_open_dossier(v, d, err) < 0 ||
	               desk_letters_list(v->hub->store, d->id, &rows, err) < 0
	           ? -1
	           : add_rows(v, &rows, into, err);
}

int letter_page(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	json_t *all = json_array();

	if (read_letters(v, &d, all, err) < 0) {
		json_decref(all);
		return -1;
	}
	visit_set(v, "ref", VIEW(d.ref));
	visit_set(v, "title", VIEW(d.title));
	visit_set_list(v, "letters_list", "letters", all);
	return visit_page(v, "desk-letters", err);
}

int letter_api(struct visit *v, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	json_t *all = json_array();
	AUTO_JSON json_t *body = json_pack("{s:o}", "letters", all);

	return read_letters(v, &d, all, err) < 0 ? -1 : visit_json(v, body, err);
}

struct choice {
	int64_t account;
	bool daily;
	const struct account_act *by; /* who chooses */
};

static int read_choice(struct store_tx *tx, void *arg, struct err *err)
{
	struct choice *c = arg;

	return desk_letters_daily(tx, c->account, &c->daily, err);
}

static int write_choice(struct store_tx *tx, void *arg, struct err *err)
{
	const struct choice *c = arg;

	return desk_letters_choose(tx, c->account, c->daily, err) < 0
	           ? -1
	           : account_note(tx, c->by, c->daily ? "account.daily" : "account.at_once",
			 "account", c->account, true, NULL, err);
}

int letters_show_choice(struct visit *v, struct err *err)
{
	struct choice c = {.account = v->account};

	if (store_read(v->hub->store, read_choice, &c, err) < 0)
		return -1;
	json_object_set_new(v->model, "letters_daily", json_boolean(c.daily));
	return 0;
}

int letter_do_choose(struct visit *v, struct err *err)
{
	struct choice c = {v->account, view_eq(http_form(v->q, "letters"), VIEW_LIT("daily")),
	    &v->act};

	if (store_write(v->hub->store, write_choice, &c, err) < 0)
		return -1;
	visit_go(v, "/account");
	return 0;
}
