/* Which form: by its name, for a route on a day, or a version that was handed in. */
#include "desk/form.h"

#include "base/embed.h"

static bool form_name(const struct embed_file *f, struct view *ret)
{
	const struct view head = VIEW_LIT("desk/data/forms/"), tail = VIEW_LIT(".json");
	struct view v = VIEW(f->name);

	if (!view_starts(v, head) || !view_ends(v, tail))
		return false;
	*ret = (struct view){v.ptr + head.len, v.len - head.len - tail.len};
	return true;
}

static int parse_embedded(struct desk_form *ret, const struct embed_file *f, struct err *err)
{
	return desk_form_parse(ret, f->name,
	    (struct view){f->start, (size_t)(f->end - f->start)}, err);
}

int desk_form_find(struct desk_form *ret, const char *id, struct err *err)
{
	AUTO_STR struct str known = {0};
	struct view name;

	for (size_t i = 0; i < embed_file_count; i++) {
		const struct embed_file *f = &embed_files[i];

		if (!form_name(f, &name))
			continue;
		if (view_eq(name, VIEW(id)))
			return parse_embedded(ret, f, err);
		str_addf(&known, "%s%.*s", known.len ? ", " : "", VIEW_ARG(name));
	}
	err_set_(err, ERR_USAGE, "no form '%.60s'", id);
	return err_hint(err, "there are: %s", str_get(&known));
}

static bool serves(const struct desk_form *f, struct view route, date_t day)
{
	if (f->valid_from != DATE_NONE && f->valid_from > day)
		return false;
	for (const char *const *r = f->routes; r && *r; r++)
		if (view_eq(VIEW(*r), route))
			return true;
	return false;
}

/* `keep` takes the place of what was found before, when it is newer. */
static void take_newer(struct desk_form *found, struct desk_form *f, bool *any)
{
	if (*any && found->version >= f->version)
		return;
	desk_form_clear(found);
	*found = *f;
	*f = (struct desk_form){0};
	*any = true;
}

int desk_form_choose(struct desk_form *ret, struct view route, date_t day, struct err *err)
{
	AUTO_DESK_FORM struct desk_form found = {0};
	struct view name;
	bool any = false;

	for (size_t i = 0; i < embed_file_count; i++) {
		AUTO_DESK_FORM struct desk_form f = {0};

		if (!form_name(&embed_files[i], &name))
			continue;
		if (parse_embedded(&f, &embed_files[i], err) < 0)
			return -1;
		if (serves(&f, route, day))
			take_newer(&found, &f, &any);
	}
	*ret = found;
	found = (struct desk_form){0};
	return any;
}

int desk_form_get(struct desk_form *ret, struct view id, int64_t version, struct err *err)
{
	struct view name;

	for (size_t i = 0; i < embed_file_count; i++) {
		AUTO_DESK_FORM struct desk_form f = {0};

		if (!form_name(&embed_files[i], &name) || !view_starts(name, id))
			continue;
		if (parse_embedded(&f, &embed_files[i], err) < 0)
			return -1;
		if (!view_eq(VIEW(f.id), id) || f.version != version)
			continue;
		*ret = f;
		f = (struct desk_form){0};
		return 1;
	}
	return 0;
}
