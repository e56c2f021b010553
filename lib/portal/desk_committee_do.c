/* Motions: from a form or from JSON to the committee's records. */
#include "portal/desk_committee.h"

#include "base/hash.h"
#include "portal/desk_letter.h"

#include <inttypes.h>

/* "n:application", "t?:what": the kind, and the name behind the colon. */
static const char *name_of(const char *need)
{
	return strchr(need, ':') + 1;
}

static int role_for(const struct visit *v, const char *motion, enum desk_role *ret,
    struct err *err)
{
	unsigned may = desk_committee_roles(motion) & desk_roles_of(v);
	static const enum desk_role order[] = {DESK_CHAIR, DESK_MEMBER, DESK_OFFICER};

	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		if (may & 1u << order[i]) {
			*ret = order[i];
			return 0;
		}
	return err_set(err, ERR_DENIED, "this is not for your role");
}

struct moving {
	struct desk_dossier d; /* of its application, when it names one */
	json_t *data;
	char hash[SHA256_HEX_SIZE];
	struct view text;
	const char *reasons;
};

static void clear(struct moving *m)
{
	desk_dossier_clear(&m->d);
	json_decref(m->data);
}

/* The reference becomes a number; nobody judges an application of their own. */
static int take_application(struct visit *v, struct moving *m, const json_t *given,
    struct err *err)
{
	const char *ref = json_string_value(json_object_get(given, "application"));
	struct desk desk = desk_of(v);
	int64_t id;

	if (!ref)
		return err_set(err, ERR_FORMAT, "\"application\" must be a reference");
	if (desk_find(&desk, VIEW(ref), &id, err) < 0 || desk_load(&desk, id, &m->d, err) < 0)
		return -1;
	if (v->scope && !scope_is_judged(m->d.basis.route))
		return err_set(err, ERR_DENIED, "this does not come before the committee");
	if (desk_is_own(v, &m->d.basis))
		return err_set(err, ERR_DENIED, "nobody decides on an application of their own");
	json_object_set_new(m->data, "application", json_integer(id));
	return 0;
}

static int take_text(struct moving *m, const json_t *given, struct err *err)
{
	const char *text = json_string_value(json_object_get(given, "text"));

	if (!text || !*text)
		return err_set(err, ERR_FORMAT, "the text is missing");
	m->text = VIEW(text);
	hash_sha256_hex(m->text, m->hash);
	json_object_set_new(m->data, "sha256", json_string(m->hash));
	return 0;
}

static int take_needs(struct visit *v, struct moving *m, const char *motion, const json_t *given,
    struct err *err)
{
	const char *const *needs = desk_committee_needs(motion);

	for (size_t i = 0; i < 6 && needs[i]; i++) {
		const char *name = name_of(needs[i]);
		json_t *value = json_object_get(given, name);

		if (strcmp(name, "application") == 0) {
			if (take_application(v, m, given, err) < 0)
				return -1;
		} else if (strcmp(name, "sha256") == 0 && !value) {
			if (take_text(m, given, err) < 0)
				return -1;
		} else if (value) {
			json_object_set(m->data, name, value);
		}
	}
	return 0;
}

/* What the committee concluded is told to the application in the same write. */
static int conclude(struct visit *v, struct moving *m, const struct desk_command *c,
    struct err *err)
{
	AUTO_DESK_COMMITTEE struct desk_committee committee = {0};
	struct desk_telling telling = {0};
	struct desk desk = desk_telling(v, &telling);
	struct desk_caller caller = desk_caller_of(v);
	const struct desk_item *item;
	AUTO_JSON json_t *data = NULL;
	struct desk_command opinion = *c;
	struct desk_motion_also also = {.opinion = &opinion, .application = m->d.id};

	if (!m->reasons || !*m->reasons)
		return err_set(err, ERR_DENIED, "an opinion has its reasons");
	if (desk_committee_read(&desk, THE_COMMITTEE, &committee, err) < 0)
		return -1;
	item = desk_committee_item(&committee, m->d.id);
	data = json_pack("{s:s*, s:s, s:I}", "opinion",
	    json_string_value(json_object_get(m->data, "opinion")), "reasons", m->reasons,
	    "session", (json_int_t)(item ? item->session : 0));
	opinion.name = "give_opinion";
	opinion.data = data;
	return desk_committee_execute_also(&desk, THE_COMMITTEE, c, &caller, &also, err);
}

int committee_move(struct visit *v, const char *motion, json_t *given, struct err *err)
{
	AUTO(clear)
	struct moving m = {.data = json_object(),
	    .reasons = json_string_value(json_object_get(given, "reasons"))};
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct letters_motion letters = {v->portal, &m.d};
	struct desk_motion_also also = {.told = letters_tell_motion, .told_arg = &letters};
	struct desk_command c = {.name = motion, .at = v->q->now, .actor = v->account};

	if (!desk_committee_roles(motion))
		return visit_not_found(v, err);
	if (role_for(v, motion, &c.role, err) < 0 || take_needs(v, &m, motion, given, err) < 0)
		return -1;
	c.data = m.data;
	also.text = m.text;
	if (strcmp(motion, "conclude") == 0)
		return conclude(v, &m, &c, err);
	return desk_committee_execute_also(&desk, THE_COMMITTEE, &c, &caller, &also, err);
}

/* A form's fields as values of their kinds; "members" may come several times. */
static json_t *read_form(const struct visit *v, const char *motion)
{
	const char *const *needs = desk_committee_needs(motion);
	struct view text = view_trim(http_form(v->q, "text"));
	struct view reasons = view_trim(http_form(v->q, "reasons"));
	json_t *data = json_object(), *list = json_array();
	int64_t number;

	for (size_t i = 0; i < 6 && needs[i]; i++) {
		const char *name = name_of(needs[i]);
		struct view said = view_trim(http_form(v->q, name));

		if (needs[i][0] == 'b')
			json_object_set_new(data, name,
			    json_boolean(view_eq(said, VIEW_LIT("yes"))));
		else if (needs[i][0] == 'n' && view_to_i64(said, &number))
			json_object_set_new(data, name, json_integer(number));
		else if (needs[i][0] == 'l')
			json_object_set(data, name, list);
		else if (said.len > 0)
			json_object_set_new(data, name, json_stringn(said.ptr, said.len));
	}
	for (size_t i = 0; i < v->q->form.all.len; i++)
		if (view_eq(v->q->form.all.ptr[i].name, VIEW_LIT("members")) &&
		    view_to_i64(v->q->form.all.ptr[i].value, &number))
			json_array_append_new(list, json_integer(number));
	json_decref(list);
	if (text.len > 0)
		json_object_set_new(data, "text", json_stringn(text.ptr, text.len));
	if (reasons.len > 0)
		json_object_set_new(data, "reasons", json_stringn(reasons.ptr, reasons.len));
	text = http_form(v->q, "application"); /* a reference, though its need is a number */
	json_object_set_new(data, "application", json_stringn(text.ptr ? text.ptr : "", text.len));
	return data;
}

/* Back to where the motion was made. */
static void go_back(struct visit *v)
{
	struct view application = http_form(v->q, "application");
	struct view session = http_form(v->q, "session");
	AUTO_FREE char *path = NULL;
	int64_t number;

	if (application.len > 0 && view_eq(http_form(v->q, "from"), VIEW_LIT("item")))
		path = str_format("/committee/item/%.*s", VIEW_ARG(application));
	else if (view_to_i64(session, &number))
		path = str_format("/committee/session/%" PRId64, number);
	visit_go(v, path ? path : "/committee");
}

int committee_do_motion(struct visit *v, struct err *err)
{
	const char *motion = arena_strdup(&v->q->memory, v->params[0]);
	AUTO_JSON json_t *data = NULL;

	if (!desk_committee_roles(motion))
		return visit_not_found(v, err);
	data = read_form(v, motion);
	if (committee_move(v, motion, data, err) < 0) {
		if (err->code == ERR_DENIED)
			v->r->status = 409;
		return -1;
	}
	go_back(v);
	return 0;
}

int committee_api_motion(struct visit *v, struct err *err)
{
	const char *motion = arena_strdup(&v->q->memory, v->params[0]);
	AUTO_JSON json_t *data = NULL, *done = NULL;

	if (json_parse(&data, "body", v->q->body, err) < 0)
		return -1;
	if (!json_is_object(data))
		return err_set(err, ERR_FORMAT, "body: not an object");
	if (committee_move(v, motion, data, err) < 0) {
		if (err->code == ERR_DENIED)
			v->r->status = 409;
		return -1;
	}
	done = json_pack("{s:s}", "done", motion);
	return visit_json(v, done, err);
}
