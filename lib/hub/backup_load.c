#include "hub/backup_restore.h"
#include "hub/backup_rows.h"
#include "store/driver.h"

/* A table that this transaction has, with these columns in this order. */
static const struct store_table *find_table(const struct hub_restore *r,
    const struct hub_rows_shape *shape)
{
	const struct store_table *t = store_tables_find(&r->tables, VIEW(shape->table));

	if (!t || t->columns.len != shape->count)
		return NULL;
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(t->columns.ptr[i].name, shape->columns[i].name) != 0 ||
		    t->columns.ptr[i].type != shape->columns[i].type)
			return NULL;
	return t;
}

struct loading {
	struct hub_restore *r;
	struct store_tx *tx;
	struct hub_rows_shape shape;
	const struct store_table *table;
	struct arena arena;
	struct str line; /* what has come of it */
	uint64_t number;
};

static int load_line(struct loading *l, struct view line, struct err *err)
{
	struct store_value values[HUB_COLUMNS_MAX];

	if (l->number++ == 0) {
		if (hub_rows_read_head(&l->shape, line, err) < 0)
			return -1;
		l->table = find_table(l->r, &l->shape);
		return l->table ? 0 : err_set(err, ERR_FORMAT, "not a table of a hub");
	}
	arena_reset(&l->arena);
	if (hub_rows_read(&l->shape, line, &l->arena, values, err) < 0)
		return -1;
	l->r->counts->rows++;
	progress_add(l->r->progress, 1);
	return store_table_add(l->tx, l->table,
	    (struct store_args){values, (int)l->shape.count}, err);
}

/* A record that breaks a rule of its table is the file's fault, not ours. */
static int blame(const struct loading *l, struct err *err)
{
	if (err->code == ERR_INTERNAL)
		err->code = ERR_FORMAT;
	return err_wrap(err, "%s: %s: line %llu", l->r->archive.path, l->r->archive.file.name,
	    (unsigned long long)l->number);
}

static int load_piece(struct loading *l, struct view piece, struct err *err)
{
	while (piece.len > 0) {
		const char *stop = memchr(piece.ptr, '\n', piece.len);
		size_t n = stop ? (size_t)(stop - piece.ptr) : piece.len;

		if (l->line.len + n > HUB_ROW_MAX) {
			(void)err_set(err, ERR_LIMIT, "a row that is too long");
			return blame(l, err);
		}
		str_add(&l->line, (struct view){piece.ptr, n});
		if (!stop)
			return 0;
		if (load_line(l, str_view(&l->line), err) < 0)
			return blame(l, err);
		str_reset(&l->line);
		piece = (struct view){stop + 1, piece.len - n - 1};
	}
	return 0;
}

static int load_pieces(struct loading *l, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(HUB_PIECE);
	size_t len;

	do {
		if (hub_archive_piece(&l->r->archive, piece, &len, err) < 0 ||
		    load_piece(l, (struct view){piece, len}, err) < 0)
			return -1;
	} while (len > 0);
	if (l->line.len == 0)
		return 0;
	(void)err_set(err, ERR_FORMAT, "a line without an end");
	return blame(l, err);
}

int hub_restore_rows(struct hub_restore *r, struct store_tx *tx, struct err *err)
{
	struct loading l = {.r = r, .tx = tx};
	char hex[SHA256_HEX_SIZE];
	int status = load_pieces(&l, err);

	hub_rows_shape_clear(&l.shape);
	arena_clear(&l.arena);
	str_clear(&l.line);
	hub_archive_end(&r->archive, hex);
	return status;
}
