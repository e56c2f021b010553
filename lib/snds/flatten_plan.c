#include "snds/flatten_plan.h"

#include "io/file.h"

int plan_read(struct month_plan *p, const struct flat_rows *rows, const flat_columns *columns,
    const char *column, struct value_set *set, struct flat_values *ret, struct err *err)
{
	ret->set = set;
	return flat_rows_read(rows, flat_at(columns, column), p->reader, ret, err);
}

static int read_keys(struct month_plan *p, struct err *err)
{
	const flat_columns *columns = &p->d->tables.ptr[0].columns;
	struct view rest = VIEW(dcir_keys);
	struct view name;

	for (size_t i = 0; view_next(&rest, ' ', &name); i++) {
		AUTO_FREE char *key = str_format("%.*s", VIEW_ARG(name));

		value_set_reset(&p->keys[i], flat_type(columns, key));
		if (plan_read(p, &p->rows, columns, key, &p->keys[i], &p->key[i], err) < 0)
			return -1;
	}
	value_set_reset(&p->days, TABLE_TYPE_DATE);
	return plan_read(p, &p->rows, columns, "EXE_SOI_DTD", &p->days, &p->day, err);
}

static int open_rows(struct month_plan *p, struct err *err)
{
	const struct dcir *d = p->d;

	p->child_count = d->tables.len - 1;
	p->children = mem_zalloc(d->tables.len, sizeof(*p->children));
	for (size_t i = 0; i < d->tables.len; i++) {
		const struct dcir_table *t = &d->tables.ptr[i];

		if (flat_rows_open(i ? &p->children[i - 1].rows : &p->rows, &t->files, &t->columns,
			p->month, p->reader, err) < 0)
			return -1;
	}
	return 0;
}

int month_plan_make(struct month_plan *p, struct err *err)
{
	AUTO_FREE char *billed = NULL;

	if (open_rows(p, err) < 0 || read_keys(p, err) < 0)
		return -1;
	billed = mem_zalloc(p->rows.count + 1, sizeof(uint32_t));
	if (plan_match(p, (uint32_t *)(void *)billed, err) < 0 ||
	    plan_tell(p, (const uint32_t *)(const void *)billed, err) < 0)
		return -1;
	return plan_order(p, err);
}

static void clear_child(struct plan_child *c)
{
	flat_rows_clear(&c->rows);
	free(c->of);
	free(c->head);
	free(c->next);
	free(c->line);
}

void month_plan_clear(struct month_plan *p)
{
	for (size_t i = 0; i < p->child_count; i++)
		clear_child(&p->children[i]);
	for (size_t i = 0; i < FLAT_KEYS; i++) {
		value_set_clear(&p->keys[i]);
		flat_values_clear(&p->key[i]);
	}
	value_set_clear(&p->days);
	flat_values_clear(&p->day);
	value_set_clear(&p->persons);
	value_set_clear(&p->filters);
	vec_clear(&p->told);
	flat_rows_clear(&p->rows);
	free(p->children);
	free(p->person);
	free(p->filter);
	free(p->line_of);
	free(p->number);
}

int dcir_write_month(const struct dcir *d, struct table_db *db, int64_t month, int worker,
    struct flat_reader *reader, struct snds_flatten_file *ret, dcir_fates *fates,
    bool *ret_repeated, struct err *err)
{
	AUTO_PLAN_MONTH struct month_plan p = {
	    .d = d, .db = db, .month = month, .worker = worker, .reader = reader};
	AUTO_FREE char *path = dcir_path(month);
	AUTO_FREE char *whole = path_join(d->f->folder, path);
	int rc = month_plan_make(&p, err);

	*ret_repeated = p.repeated;
	if (rc < 0)
		return -1;
	plan_count(&p, fates);
	return dcir_write_columns(d, &p, whole, ret, err);
}
