#include "account/admin.h"

#include "account/inside.h"

#include <stdio.h>

#define PERSON "account/records/person.sql:"

void account_people_clear(struct account_people *p)
{
	for (size_t i = 0; i < p->all.len; i++)
		vec_clear(&p->all.ptr[i].grants);
	vec_clear(&p->all);
}

struct describing {
	int64_t account;
	struct arena *memory;
	struct account_person *ret;
	int found;
};

static int describe(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct describing *d = arg;

	if (store_query(&r, tx, PERSON "get", STORE_ARGS(store_int(d->account)), err) < 0 ||
	    (d->found = store_next(r, err)) < 0)
		return -1;
	if (d->found)
		*d->ret = (struct account_person){
		    .id = store_number(r, 0),
		    .email = arena_strdup(d->memory, store_view(r, 1)),
		    .name = arena_strdup(d->memory, store_view(r, 2)),
		    .enabled = store_number(r, 5),
		};
	return 0;
}

int account_describe(struct accounts *a, int64_t account, struct arena *memory,
    struct account_person *ret, struct err *err)
{
	struct describing d = {account, memory, ret, 0};

	return store_read(a->store, describe, &d, err) < 0 ? -1 : d.found;
}

struct listing {
	struct arena *memory;
	struct account_people *people;
	struct account_organisations *organisations;
};

static int list_people(struct store_tx *tx, struct listing *l, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int more;

	if (store_query(&r, tx, PERSON "list", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->people->all) = (struct account_person){
		    .id = store_number(r, 0),
		    .email = arena_strdup(l->memory, store_view(r, 1)),
		    .name = arena_strdup(l->memory, store_view(r, 2)),
		    .organisation = arena_strdup(l->memory, store_view(r, 3)),
		    .enabled = store_number(r, 4),
		    .created_at = store_number(r, 5),
		    .sessions = store_number(r, 6),
		};
	return more;
}

/* Both lists are in order of accounts. */
static int add_grants(struct store_tx *tx, struct listing *l, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	size_t i = 0;
	int more;

	if (store_query(&r, tx, PERSON "all_grants", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0) {
		while (i < l->people->all.len && l->people->all.ptr[i].id < store_number(r, 0))
			i++;
		if (i < l->people->all.len && l->people->all.ptr[i].id == store_number(r, 0))
			*vec_push(&l->people->all.ptr[i].grants) = (struct account_grant){
			    (enum role)store_number(r, 1),
			    arena_strdup(l->memory, store_view(r, 2))};
	}
	return more;
}

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	return list_people(tx, arg, err) < 0 ? -1 : add_grants(tx, arg, err);
}

int account_list(struct accounts *a, struct arena *memory, struct account_people *ret,
    struct err *err)
{
	struct listing l = {memory, ret, NULL};

	return store_read(a->store, list, &l, err);
}

struct finding {
	struct view email;
	int64_t id;
};

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct finding *f = arg;
	int found = account_row(&r, tx, PERSON "by_email", STORE_ARGS(store_text(f->email)), err);

	if (found > 0)
		f->id = store_number(r, 0);
	return found < 0 ? -1 : 0;
}

int account_find(struct accounts *a, struct view email, int64_t *ret, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct finding f = {account_fold_email(&memory, email), 0};

	if (store_read(a->store, find, &f, err) < 0)
		return -1;
	*ret = f.id;
	return 0;
}

struct changing {
	const struct account_act *by;
	int64_t account;
	enum role role;
	struct view scope;
	bool on;
};

static int must_exist(struct store_tx *tx, int64_t account, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found = account_row(&r, tx, PERSON "get", STORE_ARGS(store_int(account)), err);

	if (found == 0)
		return err_set(err, ERR_USAGE, "there is no such account");
	return found < 0 ? -1 : 0;
}

static int grant(struct store_tx *tx, void *arg, struct err *err)
{
	struct changing *c = arg;
	AUTO_FREE char *detail = account_role_detail(c->role, c->scope);
	int64_t changed;
	int status;

	if (must_exist(tx, c->account, err) < 0)
		return -1;
	if (c->on)
		status = store_exec(tx, PERSON "grant",
		    STORE_ARGS(store_int(c->account), store_int(c->role), store_text(c->scope),
			store_int(c->by->actor), store_int(c->by->at)),
		    &changed, err);
	else
		status = store_exec(tx, PERSON "revoke",
		    STORE_ARGS(store_int(c->account), store_int(c->role), store_text(c->scope)),
		    &changed, err);
	if (status < 0)
		return -1;
	return account_note(tx, c->by, c->on ? "account.grant" : "account.revoke", "account",
	    c->account, changed > 0, detail, err);
}

static int refuse_self(const struct account_act *by, int64_t account, struct err *err)
{
	return by->actor == account ? err_set(err, ERR_DENIED, "not on one's own account") : 0;
}

int account_grant(struct accounts *a, const struct account_act *by, int64_t account,
    enum role role, struct view scope, bool give, struct err *err)
{
	struct changing c = {by, account, role, scope.ptr ? scope : VIEW_LIT(""), give};

	if (refuse_self(by, account, err) < 0)
		return -1;
	if (!role || role == ROLE_PUBLIC || role == ROLE_APPLICANT)
		return err_set(err, ERR_FORMAT, "no role that can be given");
	if (!account_is_scope(c.scope))
		return err_set(err, ERR_FORMAT, "not a scope such as committee/esnd");
	return store_write(a->store, grant, &c, err);
}

static int end_all(struct store_tx *tx, const struct changing *c, struct err *err)
{
	struct store_value id = store_int(c->account), at = store_int(c->by->at);

	return store_exec(tx, "account/records/session.sql:end_all", STORE_ARGS(id), NULL,
		   err) < 0 ||
	               store_exec(tx, "account/records/token.sql:end_all", STORE_ARGS(id, at), NULL,
			   err) < 0
	           ? -1
	           : store_exec(tx, "account/records/invitation.sql:end_resets",
			 STORE_ARGS(id, at), NULL, err);
}

static int enable(struct store_tx *tx, void *arg, struct err *err)
{
	struct changing *c = arg;
	int64_t changed;

	if (must_exist(tx, c->account, err) < 0 ||
	    store_exec(tx, PERSON "enable",
		STORE_ARGS(store_int(c->account), store_int(c->on)), &changed, err) < 0 ||
	    (!c->on && end_all(tx, c, err) < 0))
		return -1;
	return account_note(tx, c->by, c->on ? "account.enable" : "account.disable", "account",
	    c->account, changed > 0, NULL, err);
}

int account_enable(struct accounts *a, const struct account_act *by, int64_t account,
    bool enabled, struct err *err)
{
	struct changing c = {.by = by, .account = account, .on = enabled};

	return refuse_self(by, account, err) < 0 ? -1 : store_write(a->store, enable, &c, err);
}

static int list_organisations(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct listing *l = arg;
	int more;

	if (store_query(&r, tx, PERSON "organisations", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		*vec_push(&l->organisations->all) = (struct account_organisation){
		    store_number(r, 0), arena_strdup(l->memory, store_view(r, 1))};
	return more;
}

int account_list_organisations(struct accounts *a, struct arena *memory,
    struct account_organisations *ret, struct err *err)
{
	struct listing l = {memory, NULL, ret};

	return store_read(a->store, list_organisations, &l, err);
}

struct naming {
	const struct account_act *by;
	struct view name;
	int64_t id;
};

static int add_organisation(struct store_tx *tx, struct naming *n, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;

	if (account_row(&r, tx, PERSON "add_organisation",
		STORE_ARGS(store_text(n->name), store_int(n->by->at)), err) < 0)
		return -1;
	n->id = store_number(r, 0);
	return account_note(tx, n->by, "account.organisation", "organisation", n->id, true, NULL,
	    err);
}

static int name_organisation(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct naming *n = arg;
	int found =
	    account_row(&r, tx, PERSON "organisation", STORE_ARGS(store_text(n->name)), err);

	if (found > 0)
		n->id = store_number(r, 0);
	return found == 0 ? add_organisation(tx, n, err) : MIN(found, 0);
}

int account_organisation(struct accounts *a, const struct account_act *by, struct view name,
    int64_t *ret, struct err *err)
{
	struct naming n = {by, view_trim(name), 0};

	if (n.name.len == 0 || n.name.len > ACCOUNT_NAME_MAX)
		return err_set(err, ERR_FORMAT, "the organisation has no name, or too long a one");
	if (store_write(a->store, name_organisation, &n, err) < 0)
		return -1;
	*ret = n.id;
	return 0;
}
