#include "store/migrate.h"

#include "base/embed.h"
#include "base/hash.h"
#include "store/driver.h"

#include <stdio.h>

/* "desk/records/migrate/": below it the files stand in order of their names. */
static bool belongs(const struct embed_file *file, const char *module)
{
	char prefix[64];

	snprintf(prefix, sizeof(prefix), "%s/records/migrate/", module);
	return view_starts(VIEW(file->name), VIEW(prefix));
}

/* ret_done: it ran, and is what it was. */
static int ran_before(struct store_tx *tx, const struct embed_file *file, const char *sha256,
    bool *ret_done, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	if (store_query(&rows, tx, "store/records/migration.sql:find",
		STORE_ARGS(store_text(VIEW(file->name))), err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found < 0)
		return -1;
	*ret_done = found;
	if (found && !view_eq(store_view(rows, 0), VIEW(sha256)))
		return err_set(err, ERR_FORMAT, "%s: the store was made by another version of "
						"this file",
		    file->name);
	return 0;
}

static int run_file(struct store_tx *tx, const struct embed_file *file, struct err *err)
{
	char sha256[SHA256_HEX_SIZE];
	bool done;

	hash_sha256_hex((struct view){file->start, (size_t)(file->end - file->start)}, sha256);
	if (ran_before(tx, file, sha256, &done, err) < 0)
		return -1;
	if (done)
		return 0;
	if (store_tx_script(tx, file->start, err) < 0)
		return err_wrap(err, "%s", file->name);
	return store_exec(tx, "store/records/migration.sql:add",
	    STORE_ARGS(store_text(VIEW(file->name)), store_text(VIEW(sha256))), NULL, err);
}

static bool is_embedded(struct view name)
{
	for (size_t i = 0; i < embed_file_count; i++)
		if (view_eq(VIEW(embed_files[i].name), name))
			return true;
	return false;
}

static int refuse_unknown(struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, "store/records/migration.sql:list", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		struct view name = store_view(rows, 0);

		if (!is_embedded(name))
			return err_set(err, ERR_FORMAT, "the store was changed by a newer hygie "
							"(%.*s)",
			    VIEW_ARG(name));
	}
	return more;
}

static bool is_asked(const struct store_migrations *only, struct view name)
{
	for (size_t i = 0; only && i < only->all.len; i++)
		if (view_eq(VIEW(only->all.ptr[i].name), name))
			return true;
	return !only;
}

static int run_files(struct store_tx *tx, const char *const *modules,
    const struct store_migrations *only, struct err *err)
{
	for (; *modules; modules++)
		for (size_t i = 0; i < embed_file_count; i++)
			if (belongs(&embed_files[i], *modules) &&
			    is_asked(only, VIEW(embed_files[i].name)) &&
			    run_file(tx, &embed_files[i], err) < 0)
				return -1;
	return 0;
}

int store_migrate_in(struct store_tx *tx, const char *const *modules,
    const struct store_migrations *only, struct err *err)
{
	if (store_exec(tx, "store/records/migration.sql:create", STORE_NO_ARGS, NULL, err) < 0 ||
	    refuse_unknown(tx, err) < 0)
		return -1;
	return run_files(tx, modules, only, err);
}

static int migrate(struct store_tx *tx, void *arg, struct err *err)
{
	return store_migrate_in(tx, *(const char *const **)arg, NULL, err);
}

int store_migrate(struct store *s, const char *const *modules, struct err *err)
{
	return store_write(s, migrate, &modules, err);
}

void store_migrations_clear(struct store_migrations *m)
{
	vec_clear(&m->all);
	arena_clear(&m->memory);
}

int store_migrations_read(struct store_migrations *ret, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, "store/records/migration.sql:list", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		*vec_push(&ret->all) = (struct store_migration){
		    arena_strdup(&ret->memory, store_view(rows, 0)),
		    arena_strdup(&ret->memory, store_view(rows, 1)),
		};
	return more;
}

int store_migrations_check(const struct store_migrations *m, struct err *err)
{
	for (size_t i = 0; i < m->all.len; i++) {
		const struct store_migration *one = &m->all.ptr[i];
		char sha256[SHA256_HEX_SIZE];
		struct view text;

		if (!is_embedded(VIEW(one->name)))
			return err_set(err, ERR_FORMAT, "made by a newer hygie (%s)", one->name);
		text = embed_find(one->name);
		hash_sha256_hex(text, sha256);
		if (strcmp(sha256, one->sha256) != 0)
			return err_set(err, ERR_FORMAT, "made by another version of %s", one->name);
	}
	return 0;
}
