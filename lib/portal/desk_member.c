/* Who works on an application: members, and those who were asked to join. */
#include "portal/desk_form.h"

#include "account/admin.h"
#include "account/invitation.h"
#include "base/embed.h"
#include "portal/desk_told.h"
#include "portal/inside.h"

static struct view lower(const struct visit *v, struct view text)
{
	char *copy = arena_strdup(&v->q->memory, text);

	for (char *c = copy; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return VIEW(copy);
}

static int kind_of(struct view name)
{
	for (int i = DESK_INVESTIGATOR; i <= DESK_READER; i++)
		if (view_eq(VIEW(desk_member_names[i]), name))
			return i;
	return -1;
}

struct letter {
	const struct visit *v;
	const struct desk_guest *guest;
	struct desk_caller caller;
	struct view to;
	struct str text;
};

static int queue(struct store_tx *tx, void *arg, struct err *err)
{
	struct letter *l = arg;
	struct view rest = str_view(&l->text), subject;

	(void)view_next(&rest, '\n', &subject); /* each letter has a first line */
	if (desk_guest_set_in(tx, l->guest, true, &l->caller, err) < 0)
		return -1;
	return mail_queue(tx, &l->v->portal->accounts.mail, &(struct mail){l->to, subject, rest},
	    l->v->q->now, err);
}

/* Asked and told in one write. */
static int write_letter(struct visit *v, const struct desk_paper *p, const struct desk_guest *g,
    struct err *err)
{
	static const char *const files[LANGUAGES] = {
	    "portal/data/join.en.txt", "portal/data/join.fr.txt"};
	AUTO_TEMPLATES struct template_set *set = template_set_new(NULL, NULL);
	AUTO_FREE char *link = str_format("%s/%s/desk", v->hub->conf.origin,
	    language_codes[v->language]);
	AUTO_JSON json_t *model = json_pack("{s:s, s:s, s:s}", "ref", p->dossier.ref, "site",
	    v->hub->conf.name[v->language], "link", link);
	struct letter l = {
	    .v = v, .guest = g, .caller = desk_caller_of(v), .to = VIEW(g->email)};
	int status = -1;

	if (template_add(set, "join", embed_find(files[v->language]), err) == 0 &&
	    template_render(set, "join", model, &l.text, err) == 0)
		status = store_write(v->hub->store, queue, &l, err);
	str_clear(&l.text);
	return status;
}

static int invite_new(struct visit *v, struct view email, struct view name, struct err *err)
{
	struct account_invitee who = {.email = email,
	    .name = name.len ? name : email,
	    .language = language_codes[v->language],
	    .by_anybody = true};

	return account_invite(&v->portal->accounts, &v->act, &who, NULL, err);
}

/* The answer is the same whether there is such an account or not. */
int desk_ask_to_join(struct visit *v, const struct desk_paper *p, struct view email,
    struct view name, struct view kind, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_guest guest = {
	    .application = p->dossier.id, .at = v->q->now, .actor = v->account};
	int64_t account;
	int as = kind_of(kind);

	email = lower(v, view_trim(email));
	if (!p->writes)
		return err_set(err, ERR_DENIED, "only members who write may ask others to join");
	if (as < 0 || !mail_is_address(email))
		return err_set(err, ERR_FORMAT, "an e-mail address and a role are needed");
	if (!buckets_take(v->portal->letters_sent,
		(struct view){(const char *)&v->account, sizeof(v->account)}, v->q->now)) {
		v->r->status = 429;
		return err_set(err, ERR_DENIED, "that is more letters than one may send in a day");
	}
	guest.kind = (enum desk_member_kind)as;
	guest.email = email.ptr;
	if (account_find(&v->portal->accounts, email, &account, err) < 0)
		return -1;
	if (account)
		return write_letter(v, p, &guest, err);
	return invite_new(v, email, view_trim(name), err) < 0
	           ? -1
	           : desk_guest_set(&desk, &guest, true, &caller, err);
}

static int add_member(struct visit *v, const struct desk_guest *g, struct err *err)
{
	struct desk_telling telling = {0};
	struct desk desk = desk_telling(v, &telling);
	struct desk_caller caller = desk_caller_of(v);
	AUTO_JSON json_t *data = json_pack("{s:I, s:s}", "account", (json_int_t)v->account, "as",
	    desk_member_names[g->kind]);
	struct desk_command c = {.name = "add_member",
	    .at = v->q->now,
	    .actor = g->actor,
	    .role = DESK_APPLICANT,
	    .data = data};

	return desk_execute(&desk, g->application, -1, &c, &caller, err);
}

/* Whoever joins no longer judges the application: that is not for applicants to bring about. */
static bool judges(const struct visit *v)
{
	return v->roles & (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY | ROLE_HOLDER);
}

static int end_guest(struct visit *v, struct desk_guest *g, struct view email, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);

	g->email = email.ptr;
	g->at = v->q->now;
	return desk_guest_set(&desk, g, false, &caller, err);
}

int desk_add_asked(struct visit *v, struct err *err)
{
	AUTO_DESK_GUESTS struct desk_guests guests = {0};
	struct desk desk = desk_of(v);
	json_t *all = json_array();
	int status = 0;

	if (judges(v) && v->who.email)
		status = desk_guest_find(&desk, lower(v, VIEW(v->who.email)), &guests, err);
	for (size_t i = 0; status == 0 && i < guests.all.len; i++) {
		AUTO_DESK_DOSSIER struct desk_dossier d = {0};

		status = desk_load(&desk, guests.all.ptr[i].application, &d, err);
		if (status == 0)
			json_array_append_new(all, json_pack("{s:s}", "ref", d.ref));
	}
	visit_set_list(v, "asked_list", "asked", all);
	return status;
}

/* The answer of somebody who judges and was asked to join. */
int desk_do_join(struct visit *v, struct err *err)
{
	AUTO_DESK_GUESTS struct desk_guests guests = {0};
	struct desk desk = desk_of(v);
	struct view email = lower(v, v->who.email ? VIEW(v->who.email) : VIEW_NONE);
	int64_t id;

	if (desk_find(&desk, v->params[0], &id, err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	if (desk_guest_find(&desk, email, &guests, err) < 0)
		return -1;
	for (size_t i = 0; i < guests.all.len; i++) {
		struct desk_guest *g = &guests.all.ptr[i];

		if (g->application != id)
			continue;
		if ((view_eq(http_form(v->q, "answer"), VIEW_LIT("yes")) &&
			add_member(v, g, err) < 0) ||
		    end_guest(v, g, email, err) < 0)
			return -1;
		visit_go(v, "/desk");
		return 0;
	}
	return visit_not_found(v, err);
}

/* What can no longer be joined is forgotten without a word; who judges is asked on /desk. */
int desk_join_asked(struct visit *v, bool *ret_joined, struct err *err)
{
	AUTO_DESK_GUESTS struct desk_guests guests = {0};
	struct desk desk = desk_of(v);
	struct view email;

	*ret_joined = false;
	if (!v->account || !v->who.email || judges(v))
		return 0;
	email = lower(v, VIEW(v->who.email));
	if (desk_guest_find(&desk, email, &guests, err) < 0)
		return -1;
	for (size_t i = 0; i < guests.all.len; i++) {
		struct desk_guest *g = &guests.all.ptr[i];
		struct err why = {0};

		if (add_member(v, g, &why) == 0)
			*ret_joined = true;
		else if (why.code != ERR_DENIED) {
			*err = why;
			return -1;
		}
		if (end_guest(v, g, email, err) < 0)
			return -1;
	}
	return 0;
}

static json_t *member_model(const struct visit *v, const struct desk_paper *p, int64_t account,
    enum desk_member_kind kind)
{
	json_t *m = desk_person_model(v, account);

	json_object_set_new(m, "account", json_integer((json_int_t)account));
	json_object_set_new(m, "as", json_string(desk_member_names[kind]));
	for (int i = DESK_INVESTIGATOR; i <= DESK_READER; i++)
		json_object_set_new(m, desk_member_names[i], json_boolean(i == (int)kind));
	json_object_set_new(m, "is_applicant", json_boolean(account == p->dossier.basis.applicant));
	return m;
}

static int add_people(struct visit *v, const struct desk_paper *p, struct err *err)
{
	AUTO_DESK_GUESTS struct desk_guests guests = {0};
	const struct desk_application *a = &p->dossier.basis;
	struct desk desk = desk_of(v);
	json_t *members = json_array(), *asked = json_array();
	int status = desk_guests_list(&desk, p->dossier.id, &guests, err);

	json_array_append_new(members, member_model(v, p, a->applicant, DESK_INVESTIGATOR));
	for (size_t i = 0; i < a->member_count; i++)
		if (a->members[i] != a->applicant)
			json_array_append_new(members,
			    member_model(v, p, a->members[i], a->kinds[i]));
	for (size_t i = 0; i < guests.all.len; i++) {
		json_t *m = json_pack("{s:s, s:s, s:o}", "email", guests.all.ptr[i].email, "as",
		    desk_member_names[guests.all.ptr[i].kind], "at",
		    desk_time_text(v, guests.all.ptr[i].at));

		json_object_set_new(m, desk_member_names[guests.all.ptr[i].kind], json_true());
		json_array_append_new(asked, m);
	}
	json_object_set_new(v->model, "members", members);
	visit_set_list(v, "asked_list", "asked", asked);
	return status;
}

int desk_page_members(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	if (!p.talks)
		return visit_not_found(v, err);
	desk_form_frame(v, &p, SIZE_MAX);
	if (add_people(v, &p, err) < 0)
		return -1;
	return visit_page(v, "desk-members", err);
}

/* A member goes, or becomes something else. */
static int change_member(struct visit *v, const struct desk_paper *p, bool remove,
    struct err *err)
{
	struct desk_telling telling = {0};
	struct desk desk = desk_telling(v, &telling);
	struct desk_caller caller = desk_caller_of(v);
	AUTO_JSON json_t *data = NULL;
	struct desk_command c = {.name = remove ? "remove_member" : "add_member",
	    .at = v->q->now,
	    .actor = v->account,
	    .role = DESK_APPLICANT};
	int64_t account;
	int as = kind_of(http_form(v->q, "as"));

	if (!view_to_i64(http_form(v->q, "account"), &account) || (!remove && as < 0) ||
	    account == p->dossier.basis.applicant ||
	    !desk_is_member(&p->dossier.basis, account))
		return err_set(err, ERR_FORMAT, "a form that is not ours");
	data = json_pack("{s:I}", "account", (json_int_t)account);
	if (!remove)
		json_object_set_new(data, "as", json_string(desk_member_names[as]));
	c.data = data;
	return desk_execute(&desk, p->dossier.id, -1, &c, &caller, err);
}

static int end_asking(struct visit *v, const struct desk_paper *p, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct view email = http_form(v->q, "email");
	struct desk_guest g = {.application = p->dossier.id,
	    .at = v->q->now,
	    .actor = v->account,
	    .email = arena_strdup(&v->q->memory, email)};

	if (!p->writes)
		return err_set(err, ERR_DENIED, "only members who write may ask others to join");
	return desk_guest_set(&desk, &g, false, &caller, err);
}

static int take_action(struct visit *v, const struct desk_paper *p, struct err *err)
{
	struct view action = http_form(v->q, "action");

	if (view_eq(action, VIEW_LIT("invite")))
		return desk_ask_to_join(v, p, http_form(v->q, "email"), http_form(v->q, "name"),
		    http_form(v->q, "as"), err);
	if (view_eq(action, VIEW_LIT("withdraw")))
		return end_asking(v, p, err);
	return change_member(v, p, view_eq(action, VIEW_LIT("remove")), err);
}

int desk_do_member(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_FREE char *path = NULL;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	if (!p.own)
		return visit_not_found(v, err);
	if (take_action(v, &p, err) == 0) {
		path = str_format("/desk/%s/members", p.dossier.ref);
		visit_go(v, path);
		return 0;
	}
	if (err->code != ERR_FORMAT && err->code != ERR_DENIED && err->code != ERR_USAGE)
		return -1;
	v->r->status = v->r->status ? v->r->status : visit_status(err);
	visit_set(v, "error", visit_said(v, err->msg));
	visit_set(v, "written_email", http_form(v->q, "email"));
	visit_set(v, "written_name", http_form(v->q, "name"));
	desk_form_frame(v, &p, SIZE_MAX);
	if (add_people(v, &p, err) < 0)
		return -1;
	return visit_page(v, "desk-members", err);
}

int desk_api_members(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_JSON json_t *body = NULL;
	json_t *asked;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	if (!p.talks)
		return visit_not_found(v, err);
	if (add_people(v, &p, err) < 0)
		return -1;
	asked = json_object_get(json_object_get(v->model, "asked_list"), "asked");
	body = json_pack("{s:O, s:o}", "members", json_object_get(v->model, "members"), "asked",
	    asked ? json_incref(asked) : json_array());
	return visit_json(v, body, err);
}

int desk_api_invite(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	bool acts;

	if (visit_take_body(v, err) < 0 || desk_paper_open(v, &p, err) < 0)
		return -1;
	acts = http_form(v->q, "action").len > 0;
	if (acts && !p.own)
		return visit_not_found(v, err);
	if ((acts ? take_action(v, &p, err)
		  : desk_ask_to_join(v, &p, http_form(v->q, "email"), http_form(v->q, "name"),
			http_form(v->q, "as"), err)) < 0)
		return -1;
	v->r->status = acts ? 200 : 201;
	return desk_api_members(v, err);
}
