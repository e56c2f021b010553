#include "account/inside.h"

#define SESSION "account/records/session.sql:"

int account_session_purge(struct store_tx *tx, int64_t now, struct err *err)
{
	return store_exec(tx, SESSION "purge",
	    STORE_ARGS(store_int(now - ACCOUNT_IDLE_S * second_us),
		store_int(now - ACCOUNT_LIFE_S * second_us)),
	    NULL, err);
}

struct view account_agent(struct view agent)
{
	struct view v = {agent.ptr ? agent.ptr : "", MIN(agent.len, (size_t)200)};

	while (v.len > 0 && v.len < agent.len && ((unsigned char)v.ptr[v.len] & 0xc0) == 0x80)
		v.len--;
	return v;
}

void account_public_id_make(char ret[ACCOUNT_PUBLIC_ID_SIZE])
{
	unsigned char random[8];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(ret, ACCOUNT_PUBLIC_ID_SIZE, random, sizeof(random));
}

int account_session_raise(struct store_tx *tx, const struct account_act *by, struct view hash,
    const struct session_new *s, struct account_token *ret, struct err *err)
{
	unsigned char bytes[ACCOUNT_HASH];
	char public_id[ACCOUNT_PUBLIC_ID_SIZE];

	account_token_make(ret, "");
	account_public_id_make(public_id);
	return store_exec(tx, SESSION "raise",
	    STORE_ARGS(store_bytes(hash), store_bytes(account_hash(bytes, VIEW(ret->text))),
		store_text(VIEW(public_id)), store_int(s->factors > 1 ? s->created_at : by->at),
		store_int(by->at), store_text(by->address.ptr ? by->address : VIEW_LIT("")),
		store_text(account_agent(s->agent))),
	    NULL, err);
}
