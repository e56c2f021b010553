/* Both forms are lists of files with a name and what is said of them. */
#include "guard/delivery.h"

#include "base/hash.h"
#include "io/file.h"
#include "io/json.h"

struct said {
	const char *name;
	int64_t rows, bytes;
	const char *sha256;
};

bool guard_is_manifest(const char *name)
{
	return strcmp(name, "manifest.json") == 0 || strcmp(name, "datapackage.json") == 0;
}

/* Within its folder: neither absolute, nor elsewhere, nor on the network. */
static bool is_inside(const char *name)
{
	struct view rest = VIEW(name), piece;

	if (*name == '/' || strstr(name, "://"))
		return false;
	while (view_next(&rest, '/', &piece))
		if (view_eq(piece, VIEW_LIT("..")))
			return false;
	return *name != '\0';
}

static struct guard_item *find_item(struct guard_delivery *d, const char *name, size_t first)
{
	for (size_t i = first; i < d->items.len; i++)
		if (strcmp(d->items.ptr[i].name, name) == 0)
			return &d->items.ptr[i];
	return NULL;
}

/* One that is there and was left out by its name is read all the same: the manifest says so. */
static struct guard_item *add_item(struct guard_delivery *d, const char *folder,
    const char *short_name, const char *name)
{
	AUTO_FREE char *path = path_join(folder, short_name);
	struct guard_item *item;

	if (!path_exists(path) || path_is_folder(path))
		return NULL;
	item = vec_push(&d->items);
	item->name = arena_strdup(&d->arena, VIEW(name));
	item->path = arena_strdup(&d->arena, VIEW(path));
	item->rows = item->bytes = -1;
	for (size_t i = 0; i < d->remarks.len; i++)
		if (strcmp(d->remarks.ptr[i].name, name) == 0 &&
		    strcmp(d->remarks.ptr[i].id, "skipped") == 0)
			d->remarks.ptr[i].what = "not a table by its name, read for its manifest";
	return item;
}

static void expect(struct guard_delivery *d, const char *folder, const char *prefix,
    const struct said *said, size_t first)
{
	AUTO_FREE char *name = str_format("%s%s", prefix, said->name);
	struct guard_item *item;

	if (!is_inside(said->name)) {
		guard_delivery_remark(d, name, "manifest", true, "lies outside of the delivery");
		return;
	}
	item = find_item(d, name, first);
	if (!item)
		item = add_item(d, folder, said->name, name);
	if (!item) {
		guard_delivery_remark(d, name, "missing", true, "is in the manifest and not there");
		return;
	}
	item->is_listed = true;
	item->rows = said->rows;
	item->bytes = said->bytes;
	item->sha256 = said->sha256 ? arena_strdup(&d->arena, VIEW(said->sha256)) : NULL;
}

static int64_t whole(const json_t *j)
{
	return json_is_integer(j) && json_integer_value(j) >= 0 ? json_integer_value(j) : -1;
}

/* "sha256:..." or, in our own manifests, the digits alone. */
static const char *sha256_of(const json_t *hash)
{
	const char *text = json_string_value(hash);

	if (!text)
		return NULL;
	if (strncmp(text, "sha256:", 7) == 0)
		text += 7;
	return strlen(text) == SHA256_HEX_SIZE - 1 ? text : NULL;
}

static void expect_file(struct guard_delivery *d, const char *folder, const char *prefix,
    const json_t *file, size_t first)
{
	const char *name = json_string_value(json_object_get(file, "file"));
	struct said said = {
	    .name = name ? name : json_string_value(json_object_get(file, "name")),
	    .rows = whole(json_object_get(file, "rows")),
	    .bytes = whole(json_object_get(file, "bytes")),
	    .sha256 = sha256_of(json_object_get(file, "sha256")),
	};

	if (said.name)
		expect(d, folder, prefix, &said, first);
}

/* Its path is one file or several: what is said is of one. */
static void expect_resource(struct guard_delivery *d, const char *folder, const char *prefix,
    const json_t *resource, size_t first)
{
	const json_t *path = json_object_get(resource, "path");
	const json_t *stats = json_object_get(resource, "stats");
	struct said said = {
	    .name = json_string_value(path),
	    .rows = whole(json_object_get(stats, "rows")),
	    .bytes = whole(json_object_get(resource, "bytes")),
	    .sha256 = sha256_of(json_object_get(resource, "hash")),
	};
	const json_t *part;
	size_t i;

	if (said.bytes < 0)
		said.bytes = whole(json_object_get(stats, "bytes"));
	if (!said.sha256)
		said.sha256 = sha256_of(json_object_get(stats, "hash"));
	if (said.name)
		expect(d, folder, prefix, &said, first);
	json_array_foreach(path, i, part)
	{
		struct said of_part = {json_string_value(part), -1, -1, NULL};

		if (of_part.name)
			expect(d, folder, prefix, &of_part, first);
	}
}

int guard_manifest_read(struct guard_delivery *d, const char *folder, const char *prefix,
    const char *manifest, size_t first_item, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, manifest);
	AUTO_JSON json_t *tree = NULL;
	const json_t *files, *resources, *one;
	size_t i;

	if (json_read(&tree, path, err) < 0)
		return -1;
	files = json_object_get(tree, "files");
	resources = json_object_get(tree, "resources");
	if (!json_is_array(files) && !json_is_array(resources)) {
		guard_delivery_remark(d, manifest, "manifest", false, "lists no file: not used");
		return 0;
	}
	json_array_foreach(files, i, one) expect_file(d, folder, prefix, one, first_item);
	json_array_foreach(resources, i, one) expect_resource(d, folder, prefix, one, first_item);
	for (i = first_item; i < d->items.len; i++)
		d->items.ptr[i].is_covered = true;
	return 0;
}
