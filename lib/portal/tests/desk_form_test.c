#include "both_stores.h"
#include "fill_form.h"

#include "account/admin.h"
#include "desk/form_attachment.h"
#include "http/parse.h"
#include "portal/desk_form.h"
#include "portal/inside.h"

static const char *const modules[] = {"store", "mail", "account", "desk", NULL};
static struct hub *hub;
static struct portal *portal;
static char ref[64];

enum { APPLICANT = 11,
	OFFICER = 12,
	COLLEAGUE = 13,
	STRANGER = 14,
	CHAIR = 15 };

static int open_portal(void **state)
{
	AUTO_FREE char *conf =
	    str_format("store = %s\n", test_place[0] == '/' ? "hub.db" : test_place);
	AUTO_FREE char *folder = str_format("%s/forms-%s", test_folder,
	    test_place[0] == '/' ? "sqlite" : "postgres");
	struct err err = {0};

	(void)state;
	if (hub_init(folder, VIEW(conf), modules, &err) < 0 ||
	    hub_open(&hub, folder, 2, modules, &err) < 0 || portal_open(&portal, hub, &err) < 0)
		fail_msg("%s", err.msg);
	return 0;
}

static int close_portal(void **state)
{
	(void)state;
	portal_close(&portal);
	hub_close(&hub);
	return 0;
}

static unsigned roles_of(int64_t account)
{
	unsigned common = ROLE_PUBLIC | ROLE_APPLICANT;

	return account == OFFICER ? common | ROLE_OFFICER
	       : account == CHAIR ? common | ROLE_CHAIR | ROLE_MEMBER
	                          : common;
}

static int64_t noon(int day)
{
	return (int64_t)date_from_civil(2026, 3, day) * 86400000000 + 39600000000;
}

struct answer {
	struct http_request q;
	struct http_response r;
	json_t *model;
	int status;
};

static void clear_answer(struct answer *a)
{
	json_decref(a->model);
	http_request_clear(&a->q);
	http_response_clear(&a->r);
}

#define AUTO_ANSWER AUTO(clear_answer)

struct asking {
	int64_t who;
	int day;
	enum http_method method;
	const char *path;         /* behind /desk/REF */
	const char *form;         /* "a=1&b=2", or the body of the API */
	const char *field, *name; /* of a file */
	struct view bytes;
	bool api;
};

static void take_form(struct http_request *q, const char *form)
{
	struct view rest = form ? VIEW(form) : VIEW_NONE, pair, name;

	while (view_next(&rest, '&', &pair)) {
		view_next(&pair, '=', &name);
		*vec_push(&q->form.all) = (struct http_pair){name, pair};
	}
}

static void ask(struct answer *a, const struct asking *k)
{
	AUTO_FREE char *full = str_format("/desk/%s%s", ref, k->path);
	struct view path = VIEW(full), query = VIEW_NONE;
	struct visit v = {
	    .portal = portal,
	    .hub = hub,
	    .q = &a->q,
	    .r = &a->r,
	    .roles = roles_of(k->who),
	    .account = k->who,
	    .who = {.email = k->who == COLLEAGUE ? "Colleague@hub.example" : NULL},
	    .model = json_object(),
	};
	struct err err = {0};
	bool known;

	a->model = v.model;
	a->q.now = noon(k->day);
	a->q.method = k->method;
	query = path;
	view_next(&query, '?', &path);
	v.path = path;
	take_form(&a->q, NULL);
	if (k->api)
		a->q.body = k->form ? VIEW(k->form) : VIEW_NONE;
	else
		take_form(&a->q, k->form);
	if (k->field)
		*vec_push(&a->q.uploads) =
		    (struct http_upload){VIEW(k->field), VIEW(k->name), VIEW_NONE, k->bytes};
	while (query.len) {
		struct view pair, name;

		view_next(&query, '&', &pair);
		view_next(&pair, '=', &name);
		*vec_push(&a->q.query.all) = (struct http_pair){name, pair};
	}
	v.route = route_find(k->api ? ROUTE_API : ROUTE_PAGE, k->method, v.path, v.params, &known);
	if (!v.route)
		fail_msg("no route for %s", full);
	portal_fill_model(&v);
	a->status = 200;
	if (v.route->handle(&v, &err) < 0)
		a->status = a->r.status ? a->r.status : visit_status(&err);
	else if (a->r.status)
		a->status = a->r.status;
	if (a->status == 500)
		fail_msg("%s: %s", full, err.msg);
}

static void expect(struct asking k, int status, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	k.day = k.day ? k.day : 2;
	ask(&a, &k);
	if (a.status != status || !strstr(str_get(&a.r.body), text))
		fail_msg("%s: %d, no \"%s\" in: %s", k.path, a.status, text, str_get(&a.r.body));
}

static void see(int64_t who, const char *path, int status, const char *text)
{
	expect((struct asking){.who = who, .path = path}, status, text);
}

static void post(int64_t who, const char *path, const char *form, int status, const char *text)
{
	expect((struct asking){.who = who, .method = HTTP_POST, .path = path, .form = form}, status,
	    text);
}

static void put(int64_t who, const char *path, const char *body, int status, const char *text)
{
	expect((struct asking){
		   .who = who, .method = HTTP_PUT, .path = path, .form = body, .api = true},
	    status, text);
}

static void begin(const char *title)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct desk_new n = {
	    .route = "standard", .title = title, .actor = APPLICANT, .at = noon(2)};
	struct err err = {0};
	int64_t id;

	if (desk_create(&desk, &n, NULL, &id, &err) < 0 || desk_load(&desk, id, &d, &err) < 0)
		fail_msg("%s", err.msg);
	snprintf(ref, sizeof(ref), "%s", d.ref);
}

#define SHOWN "_shown=project_title&_shown=purpose"

static void a_section_is_saved_as_typed(void **state)
{
	(void)state;
	begin("A study");
	see(APPLICANT, "/form", 200, "value=\"0\" max=\"5\"");
	see(APPLICANT, "/form/research", 200, "name=\"purpose\"");
	see(APPLICANT, "/form/nothing", 404, "");
	post(APPLICANT, "/form/research", "revision=0&" SHOWN "&project_title=<T>&purpose=", 303,
	    "");
	see(APPLICANT, "/form/research", 200, "value=\"&lt;T&gt;\"");
	see(APPLICANT, "/form/research", 200, "href=\"/en/desk/");
	see(APPLICANT, "/form/research", 200, "#f-purpose\"");
	post(APPLICANT, "/form/research", "revision=x&" SHOWN, 400, "");
	post(APPLICANT, "/form/research", "revision=1&_shown=nothing", 400, "");
	/* In the background: what scripts need to go on. */
	post(APPLICANT, "/form/research", "revision=1&_auto=1&" SHOWN "&project_title=U&purpose=P",
	    200, "{\"revision\":2,");
	/* A choice that asks for more says so. */
	post(APPLICANT, "/form/controller",
	    "revision=0&_auto=1&_shown=outside_eu&outside_eu=yes", 200, "\"again\":true");
}

static void nobody_is_overwritten_in_silence(void **state)
{
	(void)state;
	post(APPLICANT, "/form/research", "revision=1&" SHOWN "&project_title=U&purpose=Mine", 409,
	    "Mine");
	post(APPLICANT, "/form/research", "revision=1&" SHOWN "&project_title=U&purpose=Mine", 409,
	    "name=\"revision\" value=\"2\"");
	see(APPLICANT, "/form/research", 200, ">\nP</textarea>");
	put(APPLICANT, "/form/research", "{\"revision\": 1, \"answers\": {}}", 409, "");
	put(APPLICANT, "/form/research",
	    "{\"revision\": 2, \"answers\": {\"purpose\": \"By API\"}}", 200, "\"revision\":3");
	put(APPLICANT, "/form/research", "{\"revision\": 3, \"answers\": {\"dpia\": []}}", 400, "");
	put(APPLICANT, "/form/research",
	    "{\"revision\": 3, \"answers\": {\"prior_opinions\": [{\"sha256\": \"x\"}]}}", 400,
	    "");
	put(APPLICANT, "/form", "{\"sections\": {\"research\": {\"revision\": 3, \"answers\": {}}}}",
	    200, "\"problems\":[{");
}

static void others_do_not_see_a_draft(void **state)
{
	static const char *const paths[] = {"/form", "/form/research", "/members", "/changes",
	    "/dossier.pdf"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		see(STRANGER, paths[i], 404, "");
		see(OFFICER, paths[i], 404, "");
	}
	post(STRANGER, "/form/research", "revision=3&" SHOWN, 404, "");
	post(OFFICER, "/form/research/comments", "text=x", 404, "");
	put(STRANGER, "/form/research", "{\"revision\": 3, \"answers\": {}}", 404, "");
}

#define PDF "%PDF-1.4\n%%EOF\n"

static void attach(const char *section, const char *name, struct view bytes, int revision,
    int status, const char *text)
{
	AUTO_FREE char *form = str_format("revision=%d", revision);
	AUTO_FREE char *path = str_format("/form/%s", section);

	expect((struct asking){.who = APPLICANT,
		   .method = HTTP_POST,
		   .path = path,
		   .form = form,
		   .field = "protocol",
		   .name = name,
		   .bytes = bytes},
	    status, text);
}

static const char *header_of(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->r.headers.all.len; i++)
		if (view_eq_nocase(a->r.headers.all.ptr[i].name, VIEW(name)))
			return a->r.headers.all.ptr[i].value.ptr;
	return "";
}

static void files_are_what_they_say(void **state)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_FREE char *path = NULL;
	char sum[SHA256_HEX_SIZE];

	(void)state;
	attach("pieces", "a.pdf", VIEW_LIT("MZ\x90\x00 no"), 0, 400, "damaged");
	attach("pieces", "a.png", VIEW_LIT(PDF), 0, 400, "not what its name says");
	attach("pieces", "a.pdf", VIEW_NONE, 0, 400, "empty");
	attach("research", "a.pdf", VIEW_LIT(PDF), 3, 400, ""); /* a field of another section */
	attach("pieces", "../../\xc3\xa9t\xc3\xa9\".pdf", VIEW_LIT(PDF), 0, 303, "");
	hash_sha256_hex(VIEW_LIT(PDF), sum);
	path = str_format("/files/%s", sum);
	ask(&a, &(struct asking){.who = APPLICANT, .day = 2, .path = path});
	assert_int_equal(a.status, 200);
	assert_string_equal(a.r.type, "application/pdf");
	assert_string_equal(str_get(&a.r.body), PDF);
	assert_non_null(strstr(header_of(&a, "Content-Disposition"), "attachment; "));
	assert_non_null(
	    strstr(header_of(&a, "Content-Disposition"), "filename*=UTF-8''%C3%A9t%C3%A9_.pdf"));
	see(STRANGER, path, 404, "");
	see(APPLICANT, "/files/00", 404, "");
	/* Replaced: still there to be fetched, no longer part of the answers. */
	{
		AUTO_FREE char *form = str_format("revision=1&_remove=protocol.%s", sum);

		post(APPLICANT, "/form/pieces", form, 303, "");
	}
	see(APPLICANT, "/form/pieces", 200, "replaced or removed");
	see(APPLICANT, path, 200, PDF);
}

static void it_is_frozen_once_handed_in(void **state)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	struct err err = {0};

	(void)state;
	post(APPLICANT, "/step/submitted", "seen=1&signed_by=D", 409, "not complete");
	if (fill_form(&desk, VIEW(ref), APPLICANT, noon(2), &err) < 0)
		fail_msg("%s", err.msg);
	post(APPLICANT, "/step/submitted", "seen=1&signed_by=D", 303, "");
	post(APPLICANT, "/form/research", "revision=5&" SHOWN, 403, "");
	put(APPLICANT, "/form/research", "{\"revision\": 5, \"answers\": {}}", 403, "");
	see(APPLICANT, "/form", 200, "SHA-256");
	see(OFFICER, "/form/research", 200, "Aims");
	see(STRANGER, "/form/research", 404, "");
	/* What is private is of the applicant and the desk. */
	see(OFFICER, "/form/controller", 200, "Who signs for the controller");
	expect((struct asking){.who = CHAIR, .path = "/form", .api = true}, 200, "\"research\"");
	see(CHAIR, "/members", 404, "");
}

static void the_desk_asks_for_sections(void **state)
{
	(void)state;
	post(OFFICER, "/form/research/comments", "text=Which+population", 303, "");
	see(APPLICANT, "/form/research", 200, "Which+population");
	expect((struct asking){.who = CHAIR, .path = "/comments", .api = true}, 404, "");
	post(OFFICER, "/step/items_requested", "seen=2&items=Population&sections=research", 303,
	    "");
	see(APPLICANT, "/form/data", 200, "class=\"answers\"");
	see(APPLICANT, "/form/research", 200, "class=\"filled\"");
	put(APPLICANT, "/form/data", "{\"revision\": 1, \"answers\": {}}", 403, "");
	put(APPLICANT, "/form/research",
	    "{\"revision\": 5, \"answers\": {\"population\": \"All over 65\"}}", 200, "");
	/* The desk sees what was handed in, not what is being written. */
	expect((struct asking){.who = OFFICER, .path = "/form/research", .api = true}, 200,
	    "\"population\":\"x\"");
	post(APPLICANT, "/form/research/comments/1", "", 303, "");
	post(APPLICANT, "/form/research/comments/1", "", 404, "");
	post(APPLICANT, "/step/items_supplied", "seen=3&items=Done", 303, "");
	see(OFFICER, "/changes?from=1&to=2", 200, "All over 65");
	see(OFFICER, "/changes?from=1&to=3", 404, "");
	see(OFFICER, "/form/research", 200, "All over 65");
}

static void documents_bear_the_version(void **state)
{
	AUTO_ANSWER struct answer a = {0};

	(void)state;
	expect((struct asking){.who = OFFICER, .path = "/dossier.pdf"}, 200, "%PDF-1.");
	expect((struct asking){.who = OFFICER, .path = "/decision/1.pdf"}, 404, "");
	ask(&a, &(struct asking){.who = OFFICER, .day = 4, .method = HTTP_POST, .path = "/step/transmitted.2", .form = "seen=4"});
	assert_int_equal(a.status, 303);
	expect((struct asking){.who = OFFICER, .day = 4, .path = ""}, 200,
	    "Transmit to the committee</li>");
	expect((struct asking){.who = CHAIR, .day = 20, .method = HTTP_POST, .path = "/step/opinion_given", .form = "seen=5&opinion=favourable&reasons=sound&session=1"},
	    303, "");
	expect((struct asking){.who = APPLICANT, .day = 20, .path = "/decision/1.pdf"}, 200,
	    "%PDF-1.");
	expect((struct asking){.who = STRANGER, .day = 20, .path = "/decision/1.pdf"}, 404, "");
}

/* An account that exists is asked and joins when it comes; who reads only writes nothing. */
static void members_join(void **state)
{
	(void)state;
	begin("A second study");
	post(APPLICANT, "/members", "action=invite&email=nobody&as=reader", 400, "role=\"alert\"");
	post(APPLICANT, "/members", "action=invite&email=colleague@hub.example&as=reader", 303, "");
	see(APPLICANT, "/members", 200, "colleague@hub.example");
	see(STRANGER, "/form", 404, "");
	see(COLLEAGUE, "/form", 200, "to read only");
	post(COLLEAGUE, "/form/research", "revision=0&" SHOWN, 403, "");
	put(COLLEAGUE, "/form/research", "{\"revision\": 0, \"answers\": {}}", 403, "");
	post(COLLEAGUE, "/members", "action=invite&email=x@hub.example&as=member", 403, "");
	post(APPLICANT, "/members", "action=role&account=13&as=member", 303, "");
	post(COLLEAGUE, "/form/research", "revision=0&" SHOWN "&project_title=C&purpose=", 303, "");
	post(APPLICANT, "/members", "action=remove&account=13", 303, "");
	see(COLLEAGUE, "/form", 404, "");
	post(APPLICANT, "/members", "action=remove&account=11", 400, "");
}

/* Only what is empty is filled. */
static void an_earlier_application_is_copied(void **state)
{
	char earlier[64], form[96];

	(void)state;
	snprintf(earlier, sizeof(earlier), "%s", "2026-00001");
	snprintf(form, sizeof(form), "from=%s", earlier);
	post(APPLICANT, "/form", form, 303, "");
	expect((struct asking){.who = APPLICANT, .path = "/form/research", .api = true}, 200,
	    "\"population\":\"All over 65\"");
	expect((struct asking){.who = APPLICANT, .path = "/form/research", .api = true}, 200,
	    "\"project_title\":\"C\"");
	post(APPLICANT, "/form", "from=nothing", 404, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_section_is_saved_as_typed, open_portal),
	    cmocka_unit_test(nobody_is_overwritten_in_silence),
	    cmocka_unit_test(others_do_not_see_a_draft),
	    cmocka_unit_test(files_are_what_they_say),
	    cmocka_unit_test(it_is_frozen_once_handed_in),
	    cmocka_unit_test(the_desk_asks_for_sections),
	    cmocka_unit_test(documents_bear_the_version),
	    cmocka_unit_test(members_join),
	    cmocka_unit_test_teardown(an_earlier_application_is_copied, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
