#include "account/inside.h"
#include "account/token.h"

#define PERSON "account/records/person.sql:"

struct giving {
	const struct account_act *by;
	const struct account_program *p;
	struct view email;
	int64_t account;
};

static int find_account(struct store_tx *tx, struct giving *g, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got = account_row(&rows, tx, PERSON "by_email", STORE_ARGS(store_text(g->email)), err);

	if (got > 0)
		g->account = store_number(rows, 0);
	return got < 0 ? -1 : 0;
}

static int make_account(struct store_tx *tx, struct giving *g, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	const struct account_program *p = g->p;

	if (account_row(&rows, tx, PERSON "add",
		STORE_ARGS(store_text(g->email), store_text(p->name),
		    p->organisation ? store_int(p->organisation) : store_null(),
		    store_text(VIEW_LIT("en")), store_bytes(VIEW_LIT("")), store_int(g->by->at)),
		err) < 0)
		return -1;
	g->account = store_number(rows, 0);
	return 0;
}

static int give(struct store_tx *tx, void *arg, struct err *err)
{
	struct giving *g = arg;

	if (find_account(tx, g, err) < 0 || (!g->account && make_account(tx, g, err) < 0))
		return -1;
	if (store_exec(tx, PERSON "grant",
		STORE_ARGS(store_int(g->account), store_int(g->p->role), store_text(VIEW_LIT("")),
		    store_int(g->by->actor), store_int(g->by->at)),
		NULL, err) < 0)
		return -1;
	return account_note(
	    tx, g->by, "account.program", "account", g->account, true, NULL, err);
}

int account_give_token(struct accounts *a, const struct account_act *by,
    const struct account_program *p, struct account_token *ret, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct giving g = {.by = by, .p = p, .email = account_fold_email(&memory, p->email)};
	struct account_act own = *by;

	if (store_write(a->store, give, &g, err) < 0)
		return -1;
	own.actor = g.account;
	return account_make_token(a, &own, p->token_name, p->scopes, p->days, ret, err);
}
