#include "fill_form.h"
#include "portal/tests/handler.h"

#include "account/admin.h"
#include "desk/form_attachment.h"
#include "http/parse.h"
#include "portal/desk_form.h"

static char ref[64];

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

static void ask(struct answer *a, const struct asking *k)
{
	AUTO_FREE char *path = str_format("/desk/%s%s", ref, k->path);

	a->q.now = noon(2026, 3, k->day);
	a->q.method = k->method;
	if (k->api)
		a->q.body = k->form ? VIEW(k->form) : VIEW_NONE;
	else if (k->form)
		add_fields(&a->q.form, k->form);
	if (k->field)
		*vec_push(&a->q.uploads) =
		    (struct http_upload){VIEW(k->field), VIEW(k->name), VIEW_NONE, k->bytes};
	call(a, k->api ? ROUTE_API : ROUTE_PAGE, k->who, path);
}

static void demand(struct asking k, int status, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	k.day = k.day ? k.day : 2;
	ask(&a, &k);
	check_answer(&a, k.path, status, text);
}

static void see(int64_t who, const char *path, int status, const char *text)
{
	demand((struct asking){.who = who, .path = path}, status, text);
}

static void post(int64_t who, const char *path, const char *form, int status, const char *text)
{
	demand((struct asking){.who = who, .method = HTTP_POST, .path = path, .form = form}, status,
	    text);
}

static void put(int64_t who, const char *path, const char *body, int status, const char *text)
{
	demand((struct asking){
		   .who = who, .method = HTTP_PUT, .path = path, .form = body, .api = true},
	    status, text);
}

static void begin(const char *title)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct desk_new n = {
	    .route = "standard", .title = title, .actor = APPLICANT, .at = noon(2026, 3, 2)};
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
	see(APPLICANT, "/form", 200, "value=\"0\" max=\"6\"");
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
	put(APPLICANT, "/form",
	    "{\"sections\": {\"research\": {\"revision\": 3, \"answers\": {}}}}",
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

	demand((struct asking){.who = APPLICANT,
		   .method = HTTP_POST,
		   .path = path,
		   .form = form,
		   .field = "protocol",
		   .name = name,
		   .bytes = bytes},
	    status, text);
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
	assert_non_null(strstr(header(&a, "Content-Disposition"), "attachment; "));
	assert_non_null(
	    strstr(header(&a, "Content-Disposition"), "filename*=UTF-8''%C3%A9t%C3%A9_.pdf"));
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
	if (fill_form(&desk, VIEW(ref), APPLICANT, noon(2026, 3, 2), &err) < 0)
		fail_msg("%s", err.msg);
	post(APPLICANT, "/step/submitted", "seen=1&signed_by=D", 303, "");
	post(APPLICANT, "/form/research", "revision=5&" SHOWN, 403, "");
	put(APPLICANT, "/form/research", "{\"revision\": 5, \"answers\": {}}", 403, "");
	see(APPLICANT, "/form", 200, "SHA-256");
	see(OFFICER, "/form/research", 200, "Aims");
	see(STRANGER, "/form/research", 404, "");
	/* What is private is of the applicant and the desk. */
	see(OFFICER, "/form/controller", 200, "Who signs for the controller");
	demand((struct asking){.who = CHAIR, .path = "/form", .api = true}, 200, "\"research\"");
	see(CHAIR, "/members", 404, "");
}

static void the_desk_asks_for_sections(void **state)
{
	(void)state;
	post(OFFICER, "/form/research/comments", "text=Which+population", 303, "");
	see(APPLICANT, "/form/research", 200, "Which+population");
	demand((struct asking){.who = CHAIR, .path = "/comments", .api = true}, 404, "");
	post(OFFICER, "/step/items_requested", "seen=2&items=Population&sections=research", 303,
	    "");
	see(APPLICANT, "/form/data", 200, "class=\"answers\"");
	see(APPLICANT, "/form/research", 200, "class=\"filled\"");
	put(APPLICANT, "/form/data", "{\"revision\": 1, \"answers\": {}}", 403, "");
	put(APPLICANT, "/form/research",
	    "{\"revision\": 5, \"answers\": {\"population\": \"All over 65\"}}", 200, "");
	/* The desk sees what was handed in, not what is being written. */
	demand((struct asking){.who = OFFICER, .path = "/form/research", .api = true}, 200,
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
	demand((struct asking){.who = OFFICER, .path = "/dossier.pdf"}, 200, "%PDF-1.");
	demand((struct asking){.who = OFFICER, .path = "/decision/1.pdf"}, 404, "");
	ask(&a, &(struct asking){.who = OFFICER,
		    .day = 4,
		    .method = HTTP_POST,
		    .path = "/step/transmitted.2",
		    .form = "seen=4"});
	assert_int_equal(a.status, 303);
	demand((struct asking){.who = OFFICER, .day = 4, .path = ""}, 200,
	    "Transmit to the committee</li>");
	demand((struct asking){.who = CHAIR,
		   .day = 20,
		   .method = HTTP_POST,
		   .path = "/step/opinion_given",
		   .form = "seen=5&opinion=favourable&reasons=sound&session=1"},
	    303, "");
	demand((struct asking){.who = APPLICANT, .day = 20, .path = "/decision/1.pdf"}, 200,
	    "%PDF-1.");
	demand((struct asking){.who = STRANGER, .day = 20, .path = "/decision/1.pdf"}, 404, "");
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
	post(APPLICANT, "/members", "action=role&account=17&as=member", 303, "");
	post(COLLEAGUE, "/form/research", "revision=0&" SHOWN "&project_title=C&purpose=", 303, "");
	post(APPLICANT, "/members", "action=remove&account=17", 303, "");
	see(COLLEAGUE, "/form", 404, "");
	post(APPLICANT, "/members", "action=remove&account=11", 400, "");
}

/* An applicant who made judges members would choose who judges, and read addresses. */
static void nobody_becomes_a_member_unasked(void **state)
{
	struct asking add = {.method = HTTP_POST, .path = "/steps/member_added", .api = true};

	add.form = "{\"seen\": 1, \"data\": {\"account\": 18}}";
	(void)state;
	begin("A third study");
	add.who = APPLICANT;
	demand(add, 404, "");
	post(APPLICANT, "/step/member_added", "seen=1&account=18", 404, "");
	see(APPLICANT, "/step/member_added", 404, "");
	see(STRANGER, "/form", 404, "");
	/* Who judges says yes first. */
	post(APPLICANT, "/members", "action=invite&email=officer@hub.example&as=reader", 303, "");
	see(OFFICER, "/form", 404, "");
	post(STRANGER, "/join", "answer=yes", 404, "");
	post(OFFICER, "/join", "answer=no", 303, "");
	post(OFFICER, "/join", "answer=yes", 404, "");
	post(APPLICANT, "/members", "action=invite&email=officer@hub.example&as=reader", 303, "");
	post(OFFICER, "/join", "answer=yes", 303, "");
	see(OFFICER, "/form", 200, "to read only");
}

/* A hub is no way to send letters to the whole world. */
static void letters_have_a_limit(void **state)
{
	struct asking more = {.who = APPLICANT, .day = 2, .method = HTTP_POST, .path = "/members"};

	(void)state;
	begin("A fourth study");
	for (int i = 0; i < 16; i++) {
		AUTO_FREE char *form =
		    str_format("action=invite&email=p%d@hub.example&as=reader", i);

		post(COLLEAGUE, "/members", form, 404, "");
		post(APPLICANT, "/members", form, 303, "");
	}
	for (int i = 0; i < 4; i++) {
		AUTO_ANSWER struct answer a = {0};

		more.form = "action=invite&email=q@hub.example&as=reader";
		ask(&a, &more);
		if (i == 3)
			assert_int_equal(a.status, 429);
	}
}

/* Only what is empty is filled. */
static void an_earlier_application_is_copied(void **state)
{
	char earlier[64], form[96];

	(void)state;
	snprintf(earlier, sizeof(earlier), "%s", "2026-00001");
	snprintf(form, sizeof(form), "from=%s", earlier);
	post(APPLICANT, "/form", form, 303, "");
	demand((struct asking){.who = APPLICANT, .path = "/form/research", .api = true}, 200,
	    "\"population\":\"All over 65\"");
	demand((struct asking){.who = APPLICANT, .path = "/form/research", .api = true}, 200,
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
	    cmocka_unit_test(an_earlier_application_is_copied),
	    cmocka_unit_test(nobody_becomes_a_member_unasked),
	    cmocka_unit_test_teardown(letters_have_a_limit, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
