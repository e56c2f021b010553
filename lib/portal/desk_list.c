/* Applications, filtered, a page at a time; the same as CSV and as JSON. */
#include "desk/list.h"

#include "account/reader.h"
#include "io/csv.h"
#include "portal/api_query.h"
#include "portal/desk_form.h"
#include "portal/inside.h"
#include "portal/scope.h"

enum { PAGE = 50,
	CHUNK = 1000,
	NAME_MAX_BYTES = 60,
	WORDS_MAX_BYTES = 100,
	PEOPLE_MAX = 200 };

static const char *const scope_names[] = {"mine", "tasks", "all"};
static const char *const due_names[] = {"", "late", "today", "week"};
static const char *const order_names[] = {"oldest", "changed", "due", "newest"};

const struct query_param desk_list_params[] = {
    {"show", QUERY_WORD, "one's own, what one has to do, or all that one may see",
	.words = scope_names, .word_count = ARRAY_LEN(scope_names)},
    {"route", QUERY_TEXT, "a procedure, as /procedures names it", .example = "standard"},
    {"state", QUERY_TEXT, "a state of its procedure", .example = "draft"},
    {"q", QUERY_TEXT, "words of title or reference; an applicant's name", .example = "study"},
    {"due", QUERY_WORD, "what is late, or due", .words = due_names,
	.word_count = ARRAY_LEN(due_names)},
    {"sort", QUERY_WORD, "the order", .words = order_names,
	.word_count = ARRAY_LEN(order_names)},
    {"page", QUERY_NUMBER, "from 1, of 50 each", "1", .min = 1, .max = 999999},
};
const size_t desk_list_param_count = ARRAY_LEN(desk_list_params);

static int word_of(const struct visit *v, const char *name, const char *const *words, int count,
    int missing)
{
	struct view given = http_query(v->q, name);

	for (int i = 0; i < count; i++)
		if (given.len > 0 && view_eq(VIEW(words[i]), given))
			return i;
	return missing;
}

static bool sees_all(const struct visit *v)
{
	return v->roles & DESK_READERS;
}

static bool sees_some(const struct visit *v)
{
	return sees_all(v) || (scope_some_roles(v) & DESK_READERS);
}

static int add_parts(const struct visit *v, struct desk_filter *f, struct err *err)
{
	AUTO_STR struct str sight = {0};
	unsigned some = scope_some_roles(v) & DESK_READERS;

	if (!some)
		return 0;
	if (scope_sight(v, DESK_READERS, &sight, err) < 0)
		return -1;
	f->part_roles = desk_roles_from(some);
	f->parts = arena_view(&v->q->memory, str_view(&sight));
	f->only_parts = !sees_all(v);
	return 0;
}

/* Of the roles that count everywhere, on a page of a part too. */
int desk_duties_of(const struct visit *v, struct desk_filter *ret, struct err *err)
{
	*ret = (struct desk_filter){.account = v->account,
	    .roles = desk_roles_from(v->who.roles) & ~(1u << DESK_APPLICANT)};
	return add_parts(v, ret, err);
}

/* Those who keep the desk also look for applicants by their name. */
static int add_people(const struct visit *v, struct desk_filter *f, struct err *err)
{
	AUTO_ACCOUNT_READERS struct account_readers named = {0};
	int64_t *ids;

	if (f->words.len == 0 || !(v->roles & (ROLE_OFFICER | ROLE_AUDITOR)))
		return 0;
	if (account_readers_named(&v->portal->accounts, f->words, PEOPLE_MAX, &v->q->memory,
		&named, err) < 0)
		return -1;
	ids = arena_zalloc(&v->q->memory, named.all.len + 1, sizeof(*ids));
	for (size_t i = 0; i < named.all.len; i++)
		ids[i] = named.all.ptr[i].id;
	f->people = ids;
	f->people_count = named.all.len;
	return 0;
}

static int read_filter(const struct visit *v, struct desk_filter *ret, struct err *err)
{
	struct desk_filter f = {
	    .route = http_query(v->q, "route"),
	    .state = http_query(v->q, "state"),
	    .scope = (enum desk_list_scope)word_of(v, "show", scope_names,
		ARRAY_LEN(scope_names), sees_some(v) ? DESK_SCOPE_ALL : DESK_SCOPE_MINE),
	    .account = v->account,
	    .roles = desk_roles_of(v) & ~(1u << DESK_APPLICANT),
	    .due = (enum desk_list_due)word_of(v, "due", due_names, ARRAY_LEN(due_names), 0),
	    .today = desk_today(v),
	    .order = (enum desk_list_order)word_of(v, "sort", order_names,
		ARRAY_LEN(order_names), DESK_ORDER_CHANGED),
	};

	if (f.route.len > NAME_MAX_BYTES || f.state.len > NAME_MAX_BYTES)
		f.route = f.state = VIEW_LIT("-");
	if (!sees_some(v))
		f.scope = DESK_SCOPE_MINE;
	f.words = view_trim(http_query(v->q, "q"));
	f.words.len = MIN(f.words.len, (size_t)WORDS_MAX_BYTES);
	f.words.len = view_utf8_prefix(f.words); /* no half letter */
	*ret = f;
	return add_people(v, ret, err) < 0 ? -1 : add_parts(v, ret, err);
}

static int find(struct visit *v, const struct desk_filter *f, int64_t page, struct desk_rows *rows,
    int64_t *ret_total, struct err *err)
{
	struct desk desk = desk_of(v);

	if (desk_watch_keep(&v->portal->board, &desk, v->q->now, err) < 0)
		return -1;
	return desk_list_find(&desk, f, (page - 1) * PAGE, PAGE, rows, ret_total, err);
}

/* The filter as a query, without the page: "show=all&route=standard". */
static void add_query(const struct desk_filter *f, struct str *out)
{
	str_addf(out, "show=%s&sort=%s", scope_names[f->scope], order_names[f->order]);
	if (f->due)
		str_addf(out, "&due=%s", due_names[f->due]);
	/* Words byte by byte; the others name a route or a state, and need no escape. */
	if (f->route.len)
		str_addf(out, "&route=%.*s", VIEW_ARG(f->route));
	for (size_t i = 0; i < f->words.len; i++)
		str_addf(out, "%s%%%02X", i ? "" : "&q=", (unsigned char)f->words.ptr[i]);
	if (f->state.len)
		str_addf(out, "&state=%.*s", VIEW_ARG(f->state));
}

static json_t *options_of(const char *const *words, int count, int chosen)
{
	json_t *all = json_object();

	for (int i = 0; i < count; i++) {
		AUTO_FREE char *key = str_format("is_%s", *words[i] ? words[i] : "any");

		json_object_set_new(all, key, json_boolean(i == chosen));
	}
	return all;
}

/* Procedures, each once, and the states of the one that is chosen, or of any. */
static void add_choices(struct visit *v, struct desk_filter *f)
{
	const struct desk_law *law = v->portal->law;
	AUTO_JSON json_t *seen = json_object();
	json_t *procedures = json_array(), *states = json_array();
	bool known_route = false, known_state = false;

	for (size_t i = 0; i < desk_law_count(law); i++) {
		const struct desk_route *r = desk_law_route(law, i);
		bool chosen = view_eq(VIEW(r->id), f->route);

		if (i == 0 || strcmp(desk_law_route(law, i - 1)->id, r->id) != 0)
			json_array_append_new(procedures,
			    json_pack("{s:s, s:s, s:b}", "id", r->id, "name",
				r->name[v->language], "chosen", chosen));
		known_route |= chosen;
		if (f->route.len > 0 && !chosen)
			continue;
		for (size_t s = 0; s < r->state_count; s++) {
			chosen = view_eq(VIEW(r->states[s].id), f->state);
			known_state |= chosen;
			if (json_object_get(seen, r->states[s].id))
				continue;
			json_object_set_new(seen, r->states[s].id, json_true());
			json_array_append_new(states,
			    json_pack("{s:s, s:s, s:b}", "id", r->states[s].id, "name",
				r->states[s].name[v->language], "chosen", chosen));
		}
	}
	if (!known_route)
		f->route = VIEW_NONE;
	if (!known_state)
		f->state = VIEW_NONE;
	json_object_set_new(v->model, "routes", procedures);
	json_object_set_new(v->model, "states", states);
}

json_t *desk_rows_model(const struct visit *v, const struct desk_rows *rows, size_t most)
{
	json_t *all = json_array();

	for (size_t i = 0; i < MIN(rows->rows.len, most); i++) {
		const struct desk_row *row = &rows->rows.ptr[i];
		json_t *m = desk_row_model(v, row);

		json_object_set_new(m, "next_day", desk_day_text(v, row->last_day));
		json_object_set_new(m, "late",
		    json_boolean(row->last_day != DATE_NONE && row->last_day < desk_today(v)));
		json_array_append_new(all, m);
	}
	return all;
}

static void add_pages(struct visit *v, const struct desk_filter *f, int64_t page, int64_t total)
{
	int64_t pages = MAX((total + PAGE - 1) / PAGE, 1);
	AUTO_STR struct str query = {0};

	add_query(f, &query);
	visit_set(v, "query", str_view(&query));
	visit_set(v, "words", f->words);
	json_object_set_new(v->model, "total", json_integer((json_int_t)total));
	json_object_set_new(v->model, "page", json_integer((json_int_t)page));
	json_object_set_new(v->model, "pages", json_integer((json_int_t)pages));
	if (page > 1)
		json_object_set_new(v->model, "previous", json_integer((json_int_t)page - 1));
	if (page < pages)
		json_object_set_new(v->model, "next", json_integer((json_int_t)page + 1));
}

int desk_page_list(struct visit *v, struct err *err)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk_filter f;
	int64_t page = query_page(v), total;

	if (read_filter(v, &f, err) < 0)
		return -1;
	add_choices(v, &f);
	if (find(v, &f, page, &rows, &total, err) < 0)
		return -1;
	json_object_set_new(v->model, "show",
	    options_of(scope_names, ARRAY_LEN(scope_names), (int)f.scope));
	json_object_set_new(v->model, "due",
	    options_of(due_names, ARRAY_LEN(due_names), (int)f.due));
	json_object_set_new(v->model, "sort",
	    options_of(order_names, ARRAY_LEN(order_names), (int)f.order));
	json_object_set_new(v->model, "sees_all", json_boolean(sees_some(v)));
	visit_set_list(v, "found_list", "rows", desk_rows_model(v, &rows, PAGE));
	add_pages(v, &f, page, total);
	return visit_page(v, "desk-list", err);
}

/* A spreadsheet would take a text that begins so for a formula (OWASP, CSV injection). */
static void add_cell(struct str *out, const char *text, bool first)
{
	AUTO_STR struct str safe = {0};

	if (*text && strchr("=+-@\t\r", *text))
		str_addc(&safe, '\'');
	str_addz(&safe, text);
	csv_add_field(out, str_view(&safe), first);
}

static void add_csv_row(struct str *out, const struct desk_row *row)
{
	char day[DATE_TEXT_SIZE];

	add_cell(out, row->ref, true);
	add_cell(out, row->title, false);
	add_cell(out, row->route, false);
	add_cell(out, row->state, false);
	add_cell(out, row->outcome, false);
	add_cell(out, row->submitted_on == DATE_NONE ? "" : date_format(row->submitted_on, day),
	    false);
	add_cell(out, row->changed_on == DATE_NONE ? "" : date_format(row->changed_on, day), false);
	add_cell(out, row->last_day == DATE_NONE ? "" : date_format(row->last_day, day), false);
	csv_add_end(out);
}

/* All pages of what the filter finds: CSV. */
int desk_get_list(struct visit *v, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_filter f;
	int64_t total = 1;

	if (read_filter(v, &f, err) < 0)
		return -1;
	str_reset(&v->r->body);
	str_addz(&v->r->body, "reference,title,procedure,state,outcome,submitted,changed,last_day");
	csv_add_end(&v->r->body);
	for (int64_t at = 0; at < total; at += CHUNK) {
		AUTO_DESK_ROWS struct desk_rows rows = {0};

		if (desk_list_find(&desk, &f, at, CHUNK, &rows, &total, err) < 0)
			return -1;
		for (size_t i = 0; i < rows.rows.len; i++)
			add_csv_row(&v->r->body, &rows.rows.ptr[i]);
	}
	v->r->type = "text/csv; charset=utf-8";
	http_add_header(v->r, "Content-Disposition",
	    VIEW_LIT("attachment; filename=\"applications.csv\""));
	return 0;
}

static json_t *day_or_null(date_t day)
{
	char text[DATE_TEXT_SIZE];

	return day == DATE_NONE ? json_null() : json_string(date_format(day, text));
}

static json_t *row_json(const struct desk_row *row)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "ref", row->ref, "title",
	    row->title, "route", row->route, "state", row->state, "outcome", row->outcome,
	    "submitted", day_or_null(row->submitted_on), "changed",
	    day_or_null(row->changed_on), "last_day", day_or_null(row->last_day));
}

/* All pages of what the filter finds: one array. */
int desk_get_list_json(struct visit *v, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_filter f;
	AUTO_JSON json_t *all = json_array();
	int64_t total = 1;

	if (read_filter(v, &f, err) < 0)
		return -1;
	for (int64_t at = 0; at < total; at += CHUNK) {
		AUTO_DESK_ROWS struct desk_rows rows = {0};

		if (desk_list_find(&desk, &f, at, CHUNK, &rows, &total, err) < 0)
			return -1;
		for (size_t i = 0; i < rows.rows.len; i++)
			json_array_append_new(all, row_json(&rows.rows.ptr[i]));
	}
	http_add_header(v->r, "Content-Disposition",
	    VIEW_LIT("attachment; filename=\"applications.json\""));
	return visit_json(v, all, err);
}

int desk_api_list(struct visit *v, struct err *err)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	AUTO_JSON json_t *body = NULL;
	struct desk_filter f;
	int64_t page = query_page(v), total;
	json_t *all;

	if (read_filter(v, &f, err) < 0 || find(v, &f, page, &rows, &total, err) < 0)
		return -1;
	all = json_array();
	for (size_t i = 0; i < rows.rows.len; i++)
		json_array_append_new(all, row_json(&rows.rows.ptr[i]));
	body = json_pack("{s:I, s:I, s:i, s:o}", "total", (json_int_t)total, "page",
	    (json_int_t)page, "size", PAGE, "applications", all);
	return visit_json(v, body, err);
}
