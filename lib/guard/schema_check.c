#include "guard/schema_inside.h"

#include "base/hash.h"
#include "io/file.h"

#include <dirent.h>
#include <errno.h>

void guard_files_clear(struct guard_files *f)
{
	vec_clear(&f->list);
	arena_clear(&f->arena);
}

static void add_file(struct guard_files *f, const char *path)
{
	*vec_push(&f->list) = (struct guard_file){
	    arena_strdup(&f->arena, guard_feed_table(path)),
	    arena_strdup(&f->arena, VIEW(path)),
	};
}

static int by_table(const void *a, const void *b)
{
	const struct guard_file *x = a, *y = b;
	int order = strcmp(x->table, y->table);

	return order ? order : strcmp(x->path, y->path);
}

int guard_files_find(struct guard_files *ret, const char *path, struct err *err)
{
	DIR *dir;
	struct dirent *entry;

	*ret = (struct guard_files){0};
	if (!path_is_folder(path)) {
		add_file(ret, path);
		return 0;
	}
	dir = opendir(path);
	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	while ((entry = readdir(dir))) {
		AUTO_FREE char *file = path_join(path, entry->d_name);

		if (guard_feed_knows(VIEW(entry->d_name)) && !path_is_folder(file))
			add_file(ret, file);
	}
	closedir(dir);
	if (ret->list.len == 0)
		return err_set(err, ERR_IO, "%s: no table in this folder", path);
	qsort(ret->list.ptr, ret->list.len, sizeof(*ret->list.ptr), by_table);
	return 0;
}

void schema_scratch_clear(struct schema_scratch *s)
{
	str_clear(&s->text);
	str_clear(&s->spelled);
	str_clear(&s->key);
}

bool schema_has_key(const struct schema_bound *b, const struct guard_key *key)
{
	for (size_t i = 0; i < key->count; i++)
		if (b->column[key->fields[i]] == SIZE_MAX)
			return false;
	return key->count > 0;
}

enum schema_whole schema_key_hash(const struct schema_bound *b, const struct guard_key *key,
    const struct view *cells, size_t count, struct schema_scratch *scratch, uint64_t *ret)
{
	str_reset(&scratch->key);
	for (size_t i = 0; i < key->count; i++) {
		const struct guard_field *f = &b->table->fields.ptr[key->fields[i]];
		size_t column = b->column[key->fields[i]];
		struct guard_typed value;
		struct view spelled;

		if (column >= count)
			return SCHEMA_KEY_SHORT;
		if (guard_field_is_missing(f, cells[column]))
			return SCHEMA_KEY_MISSING;
		guard_field_value(f, cells[column], &scratch->text, &value);
		spelled = guard_typed_spell(f, &value, &scratch->spelled);
		str_add(&scratch->key,
		    (struct view){(const char *)&spelled.len, sizeof(spelled.len)});
		str_add(&scratch->key, spelled);
	}
	*ret = hash_xxh3(str_view(&scratch->key));
	return SCHEMA_KEY_WHOLE;
}

bool *schema_wanted(const struct schema_bound *b, const struct guard_key *key)
{
	bool *wanted = mem_zalloc(b->feed.dialect.names.len + 1, sizeof(*wanted));

	for (size_t i = 0; i < key->count; i++)
		wanted[b->column[key->fields[i]]] = true;
	return wanted;
}

size_t schema_entries_max(const struct schema_job *j, size_t keys)
{
	size_t size = sizeof(struct schema_entry) * MAX(keys, (size_t)1);

	/* a thread's entries are copied once when they are joined, and vectors double */
	return MAX(j->options->memory_bytes / 8 / size, (uint64_t)1024);
}

int schema_part_bits(uint64_t rows, size_t max)
{
	int bits = 0;

	/* hashes fall evenly, nearly */
	while (rows >> bits > max - max / 4)
		bits++;
	return bits;
}

int schema_break(struct schema_job *j, struct schema_bound *b, struct err *err)
{
	struct guard_rows once = {.count = 1};
	struct guard_check *check;

	if (err->code != ERR_IO && err->code != ERR_FORMAT && err->code != ERR_LIMIT)
		return -1;
	check = guard_check_add(j->checks, "schema.unread", b->name, VIEW_LIT(""), 1, &once);
	guard_check_break(j->checks, check, err->msg);
	*err = (struct err){0};
	b->broken = true;
	return 0;
}

static void clear(struct schema_job *j)
{
	for (size_t i = 0; i < j->bound.len; i++) {
		guard_feed_close(&j->bound.ptr[i].feed);
		free(j->bound.ptr[i].column);
		free(j->bound.ptr[i].field);
	}
	vec_clear(&j->bound);
}

static int run(struct schema_job *j, const struct guard_files *files, struct err *err)
{
	if (schema_bind(j, files, err) < 0)
		return -1;
	for (size_t i = 0; i < j->bound.len; i++) {
		struct schema_bound *b = &j->bound.ptr[i];

		if (b->broken)
			continue;
		schema_check_fields(j, b);
		if (schema_check_cells(j, b, err) < 0 && schema_break(j, b, err) < 0)
			return -1;
	}
	return schema_check_links(j, err);
}

int guard_schema_check(struct guard_checks *ret, const struct guard_schema *s,
    const struct guard_files *files, const struct guard_csv_options *o, struct err *err)
{
	struct schema_job j = {.checks = ret, .schema = s, .options = o};
	int rc = run(&j, files, err);

	clear(&j);
	return rc;
}
