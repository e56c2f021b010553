#include "account/scope.h"

#include "account/inside.h"

#define PERSON "account/records/person.sql:"

struct asking {
	const char *statement;
	int64_t key;
	struct account_numbers *ret;
};

static int ask(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct asking *q = arg;
	int more;

	if (store_query(&rows, tx, q->statement, STORE_ARGS(store_int(q->key)), err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		*vec_push(&q->ret->all) = store_number(rows, 0);
	return more;
}

void account_numbers_clear(struct account_numbers *n)
{
	vec_clear(&n->all);
}

int account_organisation_of(struct accounts *a, int64_t account, int64_t *ret, struct err *err)
{
	AUTO_ACCOUNT_NUMBERS struct account_numbers found = {0};
	struct asking q = {PERSON "organisation_of", account, &found};

	if (store_read(a->store, ask, &q, err) < 0)
		return -1;
	*ret = found.all.len ? found.all.ptr[0] : 0;
	return 0;
}

int account_organisation_read(struct store_tx *tx, int64_t account, int64_t *ret, struct err *err)
{
	AUTO_ACCOUNT_NUMBERS struct account_numbers found = {0};
	struct asking q = {PERSON "organisation_of", account, &found};

	if (ask(tx, &q, err) < 0)
		return -1;
	*ret = found.all.len ? found.all.ptr[0] : 0;
	return 0;
}

int account_colleagues(struct accounts *a, int64_t organisation, struct account_numbers *ret,
    struct err *err)
{
	struct asking q = {PERSON "colleagues", organisation, ret};

	return store_read(a->store, ask, &q, err);
}

struct telling {
	const struct account_act *by;
	const char *detail;
};

static int tell(struct store_tx *tx, void *arg, struct err *err)
{
	const struct telling *t = arg;

	return account_note(tx, t->by, "account.role_for_part", "account", t->by->actor, true,
	    t->detail, err);
}

int account_tell_scope(struct accounts *a, const struct account_act *by, unsigned roles,
    const char *scope, const char *what, struct err *err)
{
	AUTO_STR struct str detail = {0};
	struct telling t = {.by = by};

	str_addz(&detail, "{\"roles\":\"");
	for (unsigned i = 0, n = 0; i < ROLE_COUNT; i++)
		if (roles & 1u << i)
			str_addf(&detail, "%s%s", n++ ? " " : "", role_name((enum role)(1u << i)));
	str_addf(&detail, "\",\"scope\":\"%s\",\"what\":\"%s\"}", scope, what);
	t.detail = str_get(&detail);
	return store_write(a->store, tell, &t, err);
}
