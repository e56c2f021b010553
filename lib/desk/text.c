#include "desk/text.h"

#define SQL(name) "desk/records/text.sql:" name

int desk_text_keep(struct store_tx *tx, struct view text, char ret_hash[SHA256_HEX_SIZE],
    struct err *err)
{
	char hash[SHA256_HEX_SIZE];

	if (text.len > DESK_KEPT_TEXT_MAX)
		return err_set(err, ERR_LIMIT, "a text has at most %d bytes", DESK_KEPT_TEXT_MAX);
	if (text.len == 0)
		return err_set(err, ERR_FORMAT, "the text is empty");
	hash_sha256_hex(text, hash);
	if (ret_hash)
		memcpy(ret_hash, hash, sizeof(hash));
	return store_exec(tx, SQL("put"), STORE_ARGS(store_text(VIEW(hash)), store_text(text)),
	    NULL, err);
}

struct get {
	const char *hash;
	struct str *ret;
};

static int get(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct get *g = arg;
	int got;

	if (store_query(&rows, tx, SQL("get"), STORE_ARGS(store_text(VIEW(g->hash))), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (!got)
		return err_set(err, ERR_USAGE, "there is no such text");
	str_add(g->ret, store_view(rows, 0));
	return 0;
}

int desk_text_get(struct store *s, const char *hash, struct str *ret, struct err *err)
{
	struct get g = {hash, ret};

	return store_read(s, get, &g, err);
}
