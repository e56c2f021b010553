/* A folder of Table Schema documents, and one of nomenclatures. */
#include "io/csv.h"
#include "io/file.h"
#include "io/json.h"
#include "snds/schema_build.h"

#include <dirent.h>
#include <errno.h>

enum {
	DEPTH_MAX = 6, /* of folders in folders */
	FILES_MAX = 20000,
};

struct file_list {
	struct arena arena;
	VEC(const char *)
	paths;
};

#define AUTO_FILES AUTO(files_clear)

static void files_clear(struct file_list *l)
{
	vec_clear(&l->paths);
	arena_clear(&l->arena);
}

static int find_files(struct file_list *l, const char *folder, int depth, struct err *err);

static int add_entry(struct file_list *l, const char *folder, const char *name, int depth,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, name);

	if (name[0] == '.')
		return 0;
	if (path_is_folder(path))
		return find_files(l, path, depth + 1, err);
	if (!view_ends(VIEW(name), VIEW_LIT(".json")))
		return 0;
	if (l->paths.len == FILES_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d JSON files", folder, FILES_MAX);
	*vec_push(&l->paths) = arena_strdup(&l->arena, VIEW(path));
	return 0;
}

static int find_files(struct file_list *l, const char *folder, int depth, struct err *err)
{
	DIR *dir;
	const struct dirent *entry;
	int rc = 0;

	if (depth > DEPTH_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d folders in folders", folder,
		    DEPTH_MAX);
	dir = opendir(folder);
	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot open: %s", folder, strerror(errno));
	while (rc == 0 && (entry = readdir(dir)))
		rc = add_entry(l, folder, entry->d_name, depth, err);
	closedir(dir);
	return rc;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names, whatever the file system's. */
static int list_files(struct file_list *l, const char *folder, struct err *err)
{
	if (find_files(l, folder, 0, err) < 0)
		return -1;
	if (l->paths.len)
		qsort(l->paths.ptr, l->paths.len, sizeof(*l->paths.ptr), by_text);
	return 0;
}

static int load_tables(struct snds_schema *s, const char *folder, struct err *err)
{
	AUTO_FILES struct file_list files = {0};

	if (list_files(&files, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < files.paths.len; i++) {
		AUTO_STR struct str text = {0};
		const char *path = files.paths.ptr[i];

		if (file_read(path, JSON_FILE_MAX, &text, err) < 0 ||
		    snds_schema_parse(s, path, str_view(&text), err) < 0)
			return -1;
	}
	if (s->tables.len)
		return 0;
	(void)err_set(err, ERR_IO, "%s: no table schema in this folder", folder);
	return err_hint(err, "expected the folder schemas of indsante/synthetic-snds: one JSON "
			     "file a table");
}

/* Which columns of the CSV hold codes and labels. */
static int find_columns(const json_t *root, struct snds_nomenclature *n, struct err *err)
{
	size_t i;
	const json_t *field;

	n->code_column = n->label_column = SIZE_MAX;
	json_array_foreach(json_object_get(root, "fields"), i, field)
	{
		const char *role = json_string_value(json_object_get(field, "role"));
		const char *type = json_string_value(json_object_get(field, "type"));

		if (role && strcmp(role, "code") == 0 && n->code_column == SIZE_MAX) {
			n->code_column = i;
			n->numbers = type && strcmp(type, "integer") == 0;
		}
		if (role && strcmp(role, "label") == 0 && n->label_column == SIZE_MAX)
			n->label_column = i;
	}
	if (n->code_column == SIZE_MAX)
		return err_set(err, ERR_FORMAT, "no field has the role \"code\"");
	return 0;
}

/* "a/IR_SEX_V.json" becomes "a/IR_SEX_V.csv", when it is there. */
static const char *csv_beside(struct snds_schema *s, const char *json_path)
{
	struct view stem = {json_path, strlen(json_path) - 5};
	const char *path = arena_format(&s->arena, "%.*s.csv", VIEW_ARG(stem));

	return path_exists(path) ? path : NULL;
}

static int add_nomenclature(struct snds_schema *s, const char *path, const json_t *root,
    struct err *err)
{
	const json_t *name = json_object_get(root, "name");
	struct view text = {json_string_value(name), json_string_length(name)};
	const char *title = json_string_value(json_object_get(root, "title"));
	struct snds_nomenclature *n = text.ptr ? snds_schema_nomenclature(s, text) : NULL;

	if (!n && snds_schema_add_nomenclature(s, text, &n, err) < 0)
		return -1;
	n->label = (struct snds_label){{title ? arena_strdup(&s->arena, VIEW(title)) : "", ""}};
	n->codes.len = 0;
	n->path = csv_beside(s, path);
	return find_columns(root, n, err);
}

int snds_schema_add_nomenclatures(struct snds_schema *s, const char *folder, struct err *err)
{
	AUTO_FILES struct file_list files = {0};

	if (list_files(&files, folder, err) < 0)
		return -1;
	if (files.paths.len == 0) {
		(void)err_set(err, ERR_IO, "%s: no nomenclature in this folder", folder);
		return err_hint(err, "expected the folder nomenclatures of "
				     "indsante/synthetic-snds: a JSON and a CSV file each");
	}
	for (size_t i = 0; i < files.paths.len; i++) {
		AUTO_JSON json_t *root = NULL;
		const char *path = files.paths.ptr[i];

		if (json_read(&root, path, err) < 0)
			return -1;
		if (add_nomenclature(s, path, root, err) < 0)
			return err_wrap(err, "%s", path);
	}
	return 0;
}

static int read_codes(struct snds_schema *s, struct snds_nomenclature *n, struct csv_reader *r,
    struct err *err)
{
	int rc;

	while ((rc = csv_next(r, err)) > 0) {
		struct view code = view_trim(csv_field(r, n->code_column));
		struct view label = view_trim(csv_field(r, n->label_column));

		if (code.len == 0)
			continue;
		if (n->codes.len == SNDS_CODES_MAX)
			return err_set(err, ERR_LIMIT, "%s: more than %d codes", n->path,
			    SNDS_CODES_MAX);
		if (label.len > SNDS_LABEL_MAX || code.len > SNDS_LABEL_MAX)
			return err_set(err, ERR_LIMIT, "%s: line %zu: longer than %d bytes",
			    n->path, csv_line(r), SNDS_LABEL_MAX);
		*vec_push(&n->codes) = (struct snds_code){arena_strdup(&s->arena, code),
		    {{arena_strdup(&s->arena, label.ptr ? label : VIEW_LIT("")), ""}}};
	}
	return rc;
}

int snds_nomenclature_load(struct snds_schema *s, struct snds_nomenclature *n, struct err *err)
{
	AUTO_CSV struct csv_reader *r = NULL;
	int rc;

	if (!n->path)
		return 0;
	if (csv_open(&r, n->path, ';', err) < 0)
		return -1;
	rc = csv_next(r, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || csv_count(r) <= n->code_column)
		return err_set(err, ERR_FORMAT, "%s: the first line does not name the column "
						"of the codes",
		    n->path);
	if (read_codes(s, n, r, err) < 0)
		return -1;
	n->path = NULL;
	return 0;
}

int snds_schema_folder(struct snds_schema **ret, const char *folder, struct err *err)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new(folder);
	AUTO_FREE char *schemas = path_join(folder, "schemas");
	AUTO_FREE char *nomenclatures = path_join(folder, "nomenclatures");

	if (load_tables(s, path_is_folder(schemas) ? schemas : folder, err) < 0 ||
	    (path_is_folder(nomenclatures) && path_is_folder(schemas) &&
		snds_schema_add_nomenclatures(s, nomenclatures, err) < 0))
		return -1;
	if (snds_schema_finish(s, err) < 0)
		return err_wrap(err, "%s", folder);
	*ret = TAKE(s);
	return 0;
}
