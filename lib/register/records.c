#include "register/records.h"

#include "store/audit.h"

#define SQL "register/records/sheet.sql:"

/* *ret_sheet is an empty object and *ret_version 0 when there is none. */
static int read_sheet(struct store_tx *tx, struct view reference, json_t **ret_sheet,
    int64_t *ret_version, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	if (store_query(&rows, tx, SQL "get", STORE_ARGS(store_text(reference)), err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found < 0)
		return -1;
	*ret_version = found ? store_number(rows, 0) : 0;
	if (found)
		return json_parse(ret_sheet, "a sheet of the store", store_view(rows, 3), err);
	*ret_sheet = json_object();
	return 0;
}

static int add_audit(struct store_tx *tx, const struct register_change *c, struct view reference,
    int64_t version, struct err *err)
{
	AUTO_FREE char *object = str_format("register/%.*s", VIEW_ARG(reference));
	AUTO_FREE char *detail = str_format("{\"version\":%lld}", (long long)version);
	struct audit_event e = {
	    .at = c->author.at,
	    .actor = c->author.account,
	    .role = c->author.role,
	    .session = c->author.session,
	    .address = c->author.address,
	    .action = version == 1 ? "register.add" : "register.change",
	    .object = VIEW(object),
	    .decision = "done",
	    .detail = VIEW(detail),
	};

	return audit_add(tx, &e, err);
}

static int write_sheet(struct store_tx *tx, const struct register_change *c,
    const json_t *sheet, struct view reference, int64_t version, struct err *err)
{
	AUTO_FREE char *body = json_dumps(sheet, JSON_COMPACT | JSON_SORT_KEYS);
	const struct store_args args = STORE_ARGS(store_text(reference), store_int(version),
	    store_int(c->author.at), store_text(VIEW(body)));

	if (strlen(body) > REGISTER_SHEET_MAX)
		return err_set(err, ERR_LIMIT, "the sheet is too large");
	return store_exec(tx, SQL "put", args, NULL, err) < 0 ||
	               store_exec(tx, SQL "add_version", args, NULL, err) < 0 ||
	               store_exec(tx, SQL "next_generation", STORE_NO_ARGS, NULL, err) < 0
	           ? -1
	           : add_audit(tx, c, reference, version, err);
}

static int put_named(struct store_tx *tx, struct register_change *c, struct view reference,
    struct err *err)
{
	AUTO_JSON json_t *before = NULL;
	AUTO_JSON json_t *sheet = NULL;
	int64_t version = 0;

	if (read_sheet(tx, reference, &before, &version, err) < 0)
		return -1;
	sheet = json_deep_copy(before);
	register_sheet_patch(sheet, c->patch);
	json_object_set_new(sheet, "sheet", json_integer(REGISTER_SHEET_VERSION));
	if (register_sheet_check(sheet, err) < 0)
		return -1;
	register_sheet_tidy(sheet);
	c->outcome = version == 0                ? REGISTER_ADDED
	             : json_equal(before, sheet) ? REGISTER_SAME
	                                         : REGISTER_CHANGED;
	if (c->dry || c->outcome == REGISTER_SAME)
		return 0;
	return write_sheet(tx, c, sheet, reference, version + 1, err);
}

int register_put(struct store_tx *tx, struct register_change *c, struct err *err)
{
	struct view reference = register_sheet_text(c->patch, "reference");

	if (!register_reference_valid(reference))
		return err_set(err, ERR_FORMAT, "a sheet without a valid reference");
	return put_named(tx, c, reference, err) < 0
	           ? err_wrap(err, "sheet %.*s", VIEW_ARG(reference))
	           : 0;
}

static int publish(struct store_tx *tx, void *arg, struct err *err)
{
	return register_put(tx, arg, err);
}

int register_publish(struct store *s, struct register_change *c, struct err *err)
{
	return store_write(s, publish, c, err);
}

static int publish_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct register_publication *p = arg;

	for (size_t i = 0; i < json_array_size(p->patches); i++) {
		struct register_change c = {
		    .patch = json_array_get(p->patches, i),
		    .author = p->author,
		    .dry = p->dry,
		};

		if (register_put(tx, &c, err) < 0)
			return -1;
		p->counts[c.outcome]++;
	}
	return 0;
}

int register_publish_all(struct store *s, struct register_publication *p, struct err *err)
{
	return store_write(s, publish_all, p, err);
}

struct reading {
	register_visit *visit;
	void *ctx;
	int64_t generation;
};

static int read_generation(struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	if (store_query(&rows, tx, SQL "generation", STORE_NO_ARGS, err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found <= 0)
		return found < 0 ? -1 : err_set(err, ERR_FORMAT, "the register is damaged");
	*ret = store_number(rows, 0);
	return 0;
}

static int read_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct reading *r = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (read_generation(tx, &r->generation, err) < 0 ||
	    store_query(&rows, tx, SQL "all", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		struct register_record record = {
		    .reference = store_view(rows, 0),
		    .version = store_number(rows, 1),
		    .first_at = store_number(rows, 2),
		    .changed_at = store_number(rows, 3),
		    .body = store_view(rows, 4),
		};

		if (r->visit(r->ctx, &record, err) < 0)
			return -1;
	}
	return more;
}

int register_each(struct store *s, register_visit *visit, void *ctx, int64_t *ret_generation,
    struct err *err)
{
	struct reading r = {visit, ctx, 0};

	if (store_read(s, read_all, &r, err) < 0)
		return -1;
	*ret_generation = r.generation;
	return 0;
}

static int only_generation(struct store_tx *tx, void *arg, struct err *err)
{
	return read_generation(tx, arg, err);
}

int register_generation(struct store *s, int64_t *ret, struct err *err)
{
	return store_read(s, only_generation, ret, err);
}

struct history {
	struct view reference;
	struct register_versions *versions;
};

static int read_versions(struct store_tx *tx, void *arg, struct err *err)
{
	struct history *h = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, SQL "versions", STORE_ARGS(store_text(h->reference)), err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		*vec_push(&h->versions->all) =
		    (struct register_version){store_number(rows, 0), store_number(rows, 1)};
	return more;
}

int register_versions_read(struct store *s, struct view reference, struct register_versions *ret,
    struct err *err)
{
	struct history h = {reference, ret};

	return store_read(s, read_versions, &h, err);
}
