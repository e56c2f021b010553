#include "desk/form_record_inside.h"

#include <inttypes.h>

enum { STEPS = 64 };

int desk_tell(struct store_tx *tx, const struct desk_trace *t, struct err *err)
{
	AUTO_FREE char *object = str_format("application/%" PRId64, t->application);
	AUTO_FREE char *detail =
	    t->detail ? json_dumps(t->detail, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

	return audit_add(tx,
	    &(struct audit_event){.at = t->at,
		.actor = t->actor,
		.role = desk_role_names[t->role],
		.session = t->caller ? t->caller->session : NULL,
		.address = t->caller ? t->caller->address : VIEW_NONE,
		.action = t->action,
		.object = VIEW(object),
		.decision = "done",
		.detail = detail ? VIEW(detail) : VIEW_NONE},
	    err);
}

void desk_draft_clear(struct desk_draft *d)
{
	desk_form_clear(&d->form);
	json_decref(d->answers);
	vec_clear(&d->sections);
	arena_clear(&d->memory);
	*d = (struct desk_draft){0};
}

static int read_form(struct store_tx *tx, const struct desk_dossier *dossier, date_t today,
    struct desk_form *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, FORM_SQL("form"), STORE_ARGS(store_int(dossier->id)), err) <
		0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (!got)
		return desk_form_choose(ret, VIEW(dossier->basis.route->id), today, err);
	got = desk_form_get(ret, store_view(rows, 0), store_number(rows, 1), err);
	return got ? got
	           : err_set(err, ERR_FORMAT, "the form of this application is of another program");
}

static int read_section(struct desk_draft *d, struct store_rows *rows, struct err *err)
{
	AUTO_JSON json_t *answers = NULL;

	*vec_push(&d->sections) =
	    (struct desk_saved){arena_strdup(&d->memory, store_view(rows, 0)),
		store_number(rows, 1), store_number(rows, 2), store_number(rows, 3)};
	if (json_parse(&answers, "answers", store_view(rows, 4), err) < 0)
		return -1;
	json_object_update(d->answers, answers);
	return 0;
}

int desk_draft_read(struct store_tx *tx, const struct desk_dossier *dossier, date_t today,
    struct desk_draft *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	ret->answers = json_object();
	if (read_form(tx, dossier, today, &ret->form, err) < 0 ||
	    store_query(&rows, tx, FORM_SQL("sections"), STORE_ARGS(store_int(dossier->id)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		if (read_section(ret, rows, err) < 0)
			return -1;
	return got;
}

struct load {
	const struct desk_dossier *dossier;
	date_t today;
	struct desk_draft *ret;
};

static int load(struct store_tx *tx, void *arg, struct err *err)
{
	struct load *l = arg;

	return desk_draft_read(tx, l->dossier, l->today, l->ret, err);
}

int desk_draft_load(const struct desk *d, const struct desk_dossier *dossier, date_t today,
    struct desk_draft *ret, struct err *err)
{
	struct load l = {dossier, today, ret};

	return store_read(d->store, load, &l, err);
}

struct desk_saved desk_draft_saved(const struct desk_draft *d, const char *section)
{
	for (size_t i = 0; i < d->sections.len; i++)
		if (strcmp(d->sections.ptr[i].section, section) == 0)
			return d->sections.ptr[i];
	return (struct desk_saved){.section = section};
}

static const json_t *asked_sections(const struct desk_dossier *d)
{
	for (size_t i = d->events.len; i-- > 0;)
		if (strcmp(d->events.ptr[i].type, "items_requested") == 0)
			return json_object_get(d->events.ptr[i].data, "sections");
	return NULL;
}

static bool is_asked(const struct desk_dossier *d, const char *section)
{
	const json_t *asked = asked_sections(d), *one;
	size_t i;

	if (!section || json_array_size(asked) == 0)
		return true;
	json_array_foreach(asked, i, one)
	{
		if (strcmp(json_string_value(one), section) == 0)
			return true;
	}
	return false;
}

bool desk_section_is_open(const struct desk_dossier *d, date_t today, const char *section)
{
	struct desk_application now = desk_at(&d->basis, MAX(today, d->basis.day));
	const struct desk_step *steps[STEPS];
	size_t n = desk_available(&now, DESK_APPLICANT, today, steps, STEPS);

	for (size_t i = 0; i < MIN(n, (size_t)STEPS); i++) {
		const char *command = steps[i]->command;

		if (strcmp(command, "save_form") == 0 || strcmp(command, "rectify") == 0 ||
		    (strcmp(command, "supply_items") == 0 && is_asked(d, section)))
			return true;
	}
	return false;
}

struct saving {
	const struct desk *desk;
	const struct desk_save *save;
	bool late;
	int64_t revision;
};

static int may_save(const struct desk_dossier *d, const struct desk_save *s, struct err *err)
{
	const char *section = s->form->sections.ptr[s->section].id;

	if (!desk_is_active_member(&d->basis, s->actor))
		return err_set(err, ERR_DENIED, "only members who write may change answers");
	if (!desk_section_is_open(d, desk_paris_day(s->at), section))
		return err_set(err, ERR_DENIED, "this section is not open: it was handed in");
	return 0;
}

/* The section's own answers as text, in the order of their names. */
static int section_text(const struct desk_save *s, char **ret, struct err *err)
{
	const struct desk_section *section = &s->form->sections.ptr[s->section];
	AUTO_JSON json_t *own = json_object();

	for (size_t i = section->first; i < section->first + section->count; i++) {
		const char *id = s->form->fields.ptr[i].id;
		json_t *answer = json_object_get(s->answers, id);

		if (answer)
			json_object_set(own, id, answer);
	}
	*ret = json_dumps(own, JSON_COMPACT | JSON_SORT_KEYS);
	if (!*ret)
		return err_set(err, ERR_FORMAT, "answers that are no JSON");
	if (strlen(*ret) > DESK_SECTION_BYTES)
		return err_set(err, ERR_LIMIT, "a section of more than %d MB",
		    DESK_SECTION_BYTES >> 20);
	return 0;
}

static struct view text_at(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? VIEW(text) : VIEW_NONE;
}

static bool is_kept(const json_t *answers, struct view field, struct view sha256)
{
	AUTO_FREE char *name = str_format("%.*s", VIEW_ARG(field));
	const json_t *list = json_object_get(answers, name), *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (view_eq(text_at(one, "sha256"), sha256))
			return true;
	}
	return false;
}

static bool is_of_section(const struct desk_save *s, struct view field)
{
	const struct desk_field *f = desk_form_field(s->form, field);

	return f && f->section == s->section;
}

/* Files that the section no longer names go; room is counted over all there ever were. */
static int end_files(struct store_tx *tx, const struct desk_save *s, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	VEC(int64_t) gone = {0};
	int64_t bytes = 0, count = 0;
	int got, status = 0;

	if (store_query(&rows, tx, FORM_SQL("files"), STORE_ARGS(store_int(s->dossier->id)), err) <
	    0)
		return -1;
	while ((got = store_next(rows, err)) == 1) {
		bytes += store_number(rows, 4);
		count++;
		if (store_is_null(rows, 8) && is_of_section(s, store_view(rows, 1)) &&
		    !is_kept(s->answers, store_view(rows, 1), store_view(rows, 2)))
			*vec_push(&gone) = store_number(rows, 0);
	}
	for (size_t i = 0; i < json_array_size(s->files); i++)
		bytes += json_integer_value(
		    json_object_get(json_array_get(s->files, i), "bytes"));
	if (got == 0 && json_array_size(s->files) &&
	    (bytes > DESK_FILES_BYTES ||
		count + (int64_t)json_array_size(s->files) > DESK_FILES_COUNT))
		got = err_set(err, ERR_LIMIT,
		    "an application has at most %d files and %d MB of files", DESK_FILES_COUNT,
		    DESK_FILES_BYTES >> 20);
	for (size_t i = 0; got == 0 && status == 0 && i < gone.len; i++)
		status = store_exec(tx, FORM_SQL("file_goes"),
		    STORE_ARGS(store_int(s->dossier->id), store_int(gone.ptr[i]),
			store_int(s->at)),
		    NULL, err);
	vec_clear(&gone);
	return got < 0 ? got : status;
}

int desk_files_put(struct store_tx *tx, const struct desk_save *s, struct err *err)
{
	const json_t *f;
	size_t i;

	json_array_foreach(s->files, i, f)
	{
		if (store_exec(tx, FORM_SQL("add_file"),
			STORE_ARGS(store_int(s->dossier->id), store_text(text_at(f, "field")),
			    store_text(text_at(f, "sha256")), store_text(text_at(f, "name")),
			    store_int(json_integer_value(json_object_get(f, "bytes"))),
			    store_text(text_at(f, "type")), store_int(s->at),
			    store_int(s->actor)),
			NULL, err) < 0)
			return -1;
	}
	return 0;
}

int desk_section_put(struct store_tx *tx, const struct desk_save *s, int64_t revision,
    struct err *err)
{
	const char *section = s->form->sections.ptr[s->section].id;
	AUTO_FREE char *text = NULL;
	AUTO_JSON json_t *detail =
	    json_pack("{s:s, s:I, s:i}", "section", section, "revision",
		(json_int_t)revision, "files", (int)json_array_size(s->files));

	if (section_text(s, &text, err) < 0 ||
	    store_exec(tx, FORM_SQL("set_form"),
		STORE_ARGS(store_int(s->dossier->id), store_text(VIEW(s->form->id)),
		    store_int(s->form->version)),
		NULL, err) < 0 ||
	    store_exec(tx, FORM_SQL("put_section"),
		STORE_ARGS(store_int(s->dossier->id), store_text(VIEW(section)),
		    store_int(revision), store_int(s->at), store_int(s->actor),
		    store_text(VIEW(text))),
		NULL, err) < 0)
		return -1;
	return desk_tell(tx,
	    &(struct desk_trace){s->dossier->id, s->at, s->actor, DESK_APPLICANT,
		"desk.save_form", detail, s->caller},
	    err);
}

static int save(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	AUTO_DESK_DRAFT struct desk_draft draft = {0};
	struct saving *g = arg;
	const struct desk_save *s = g->save;

	if (desk_read_dossier(tx, g->desk->law, s->dossier->id, &d, err) < 0 ||
	    may_save(&d, s, err) < 0 ||
	    desk_draft_read(tx, &d, desk_paris_day(s->at), &draft, err) < 0)
		return -1;
	g->revision = desk_draft_saved(&draft, s->form->sections.ptr[s->section].id).revision;
	g->late = s->expected >= 0 && s->expected != g->revision;
	if (g->late)
		return 0;
	g->revision++;
	if (end_files(tx, s, err) < 0 || desk_files_put(tx, s, err) < 0)
		return -1;
	return desk_section_put(tx, s, g->revision, err);
}

int desk_draft_save(const struct desk *d, const struct desk_save *s, int64_t *ret_revision,
    struct err *err)
{
	struct saving g = {.desk = d, .save = s};

	if (store_write(d->store, save, &g, err) < 0)
		return -1;
	*ret_revision = g.revision;
	return g.late;
}

struct saving_all {
	const struct desk *desk;
	const struct desk_save *saves;
	size_t count, late; /* late == count: none */
};

static int save_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct saving_all *all = arg;

	all->late = all->count;
	for (size_t i = 0; i < all->count; i++) {
		struct saving g = {.desk = all->desk, .save = &all->saves[i]};

		if (save(tx, &g, err) < 0)
			return -1;
		if (g.late) {
			all->late = i;
			return err_set(err, ERR_DENIED, "the draft is newer");
		}
	}
	return 0;
}

int desk_draft_save_all(const struct desk *d, const struct desk_save *saves, size_t count,
    size_t *ret_late, struct err *err)
{
	struct saving_all all = {d, saves, count, count};

	if (store_write(d->store, save_all, &all, err) == 0)
		return 0;
	if (all.late == count)
		return -1;
	*err = (struct err){0};
	*ret_late = all.late;
	return 1;
}
