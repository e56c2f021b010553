/*
 * The public sheet of an application that was filled in: every column of the
 * register's Excel layout, the facets that find it, in both languages.
 */
#include "fill_form.h"
#include "portal/desk_told.h"
#include "portal/tests/handler.h"

#include "register/export.h"
#include "register/query.h"
#include "register/records.h"

static char ref[64];

/* Which list of the register the codes of a part of the sheet belong to. */
static enum register_list list_of(const char *part)
{
	static const struct {
		const char *part;
		enum register_list list;
	} lists[] = {{"purposes", REGISTER_PURPOSE}, {"objectives", REGISTER_OBJECTIVE},
	    {"domains", REGISTER_DOMAIN}, {"legal_bases", REGISTER_LEGAL_BASIS},
	    {"sources", REGISTER_SOURCE}, {"controllers_type", REGISTER_ENTITY},
	    {"implementers_type", REGISTER_ENTITY}};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].part, part) == 0)
			return lists[i].list;
	return REGISTER_LISTS;
}

static int check_codes(const struct desk_field *f, const char *part, const char *form)
{
	enum register_list list = list_of(part);

	for (size_t i = 0; list != REGISTER_LISTS && i < f->option_count; i++) {
		const struct desk_option *o = &f->options[i];
		const char *code = o->sheet ? o->sheet : o->value;

		if (!register_term_find(list, VIEW(code)))
			fail_msg("%s: %s: the register has no %s", form, f->id, code);
	}
	return list == REGISTER_LISTS ? 0 : (int)f->option_count;
}

static void codes_of_forms_are_words_of_the_register(void **state)
{
	static const char *const forms[] = {"standard", "reference-methodology", "simplified",
	    "permanent", "ehds-application", "ehds-request"};
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		AUTO_DESK_FORM struct desk_form f = {0};
		int codes = 0;

		assert_int_equal(desk_form_find(&f, forms[i], &err), 0);
		for (size_t k = 0; k < f.fields.len; k++) {
			const struct desk_field *one = &f.fields.ptr[k];

			if (one->sheet)
				codes += check_codes(one, one->sheet, forms[i]);
			for (size_t c = 0; one->sheet && c < one->column_count; c++)
				if (strcmp(one->columns[c].id, "type") == 0)
					codes += check_codes(&one->columns[c], "controllers_type",
					    forms[i]);
		}
		assert_true(codes > 10);
	}
}

static const char declared[] =
    "{\"controller_name\": \"University One\", \"controller_type\": \"university\","
    " \"same_implementer\": \"no\", \"implementer\": \"Bureau\", \"implementer_type\": \"bureau\","
    " \"funders\": \"The first\\nThe second\","
    " \"project_title\": \"Insuffisance cardiaque\", \"title_other\": \"Heart failure\","
    " \"lay_summary\": \"Combien de personnes\", \"summary_other\": \"How many people\","
    " \"written_in\": \"fr\", \"aims\": [\"knowledge\"],"
    " \"sources\": [\"snds\", \"catalogue\", \"other\"], \"components\": [\"dcir\", \"pmsi\"],"
    " \"datasets\": [{\"dataset\": \"R (https://hub.example/dataset/r)\", \"scope\": \"all\"},"
    "  {\"dataset\": \"Registre du cœur\", \"scope\": \"all\"}],"
    " \"joint_controllers\": [{\"name\": \"Hospital Two\", \"type\": \"public_hospital\"},"
    "  {\"name\": \"Agency Three\", \"type\": \"agency\"}],"
    " \"purposes\": [\"research\"], \"domains\": [\"cardiovascular\", \"elderly\"],"
    " \"legal_basis_6\": \"e\", \"legal_basis_9\": \"j\", \"automated_decision\": \"no\","
    " \"retention_months\": \"36\", \"provider\": \"CNAM\", \"platform\": \"Portail\","
    " \"place\": \"Paris\", \"transfers\": \"no\", \"rights_contact\": \"dpo@example.org\","
    " \"calendar\": {\"from\": \"2026-04-01\", \"to\": \"2028-03-31\"}}";

/* What it says counts; any answer does where it says nothing. */
static void fill(int64_t at, const char *said)
{
	struct desk desk = {.store = hub->store, .law = portal->law, .with_forms = true};
	AUTO_JSON json_t *answers = json_loads(said, 0, NULL);
	struct err err = {0};

	assert_non_null(answers);
	if (fill_form_with(&desk, VIEW(ref), answers, APPLICANT, at, &err) < 0)
		fail_msg("%s", err.msg);
}

static void step(int64_t who, int64_t at, const char *key, const char *data)
{
	AUTO_FREE char *path = str_format("/desk/%s", ref);
	AUTO_FREE char *to = str_format("/desk/%s/steps/%s", ref, key);
	AUTO_FREE char *body = NULL;
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *j = NULL;

	visit(&a, APPLICANT, at, path, "");
	j = json_loads(str_get(&a.r.body), 0, NULL);
	body = str_format("{\"seen\": %d, \"data\": %s}",
	    (int)json_integer_value(json_object_get(j, "seen")), data);
	expect(who, at, to, body, 200, "");
}

static json_t *sheet_in(const struct register_index *index)
{
	int64_t found = register_index_find(index, VIEW(ref));
	struct err err = {0};
	json_t *sheet = NULL;

	if (found >= 0)
		assert_int_equal(register_index_sheet(index, (uint32_t)found, &sheet, &err), 0);
	return sheet;
}

static json_t *sheet_now(void)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	struct err err = {0};

	assert_int_equal(register_index_build(&index, hub->store, &err), 0);
	return sheet_in(index);
}

/* Those that come later: the decision of an authority, the end, the results. */
static bool comes_later(const struct register_column *c)
{
	return strcmp(c->header, "Date de décision") == 0 ||
	       strcmp(c->header, "Fin du traitement") == 0 ||
	       strcmp(c->header, "Nombre de résultats") == 0;
}

static size_t found_by(const struct register_index *i, const char *name, const char *value)
{
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask q = {0};
	struct err err = {0};

	assert_int_equal(register_query_add(&q, VIEW(name), VIEW(value), &err), 0);
	register_query_run_all(&q, i, REGISTER_FRENCH, &found);
	return found.documents.len;
}

static void begin(const char *route, int64_t at)
{
	AUTO_FREE char *body = str_format("{\"route\": \"%s\", \"title\": \"A title\"}", route);
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *made = NULL;

	visit(&a, APPLICANT, at, "/desk", body);
	assert_int_equal(a.status, 201);
	made = json_loads(str_get(&a.r.body), 0, NULL);
	snprintf(ref, sizeof(ref), "%s", json_string_value(json_object_get(made, "ref")));
}

static void a_declaration_fills_its_sheet(void **state)
{
	static const struct {
		const char *name, *value;
	} asked[] = {{"domain", "cardiovascular"}, {"source", "snds/dcir"}, {"source", "snds"},
	    {"source", "hdh"}, {"entity", "university"}, {"entity", "agency"},
	    {"procedure", "mr-004"}, {"q", "cardiaque"}, {"q", "heart failure"},
	    {"q", "agency three"}};
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_JSON json_t *sheet = NULL;
	int64_t at = noon(2026, 3, 2);
	struct err err = {0};

	(void)state;
	begin("mr-004", at);
	fill(at, declared);
	step(APPLICANT, at, "submitted",
	    "{\"signed_by\": \"The head\", \"conforms\": true, \"commitment\": \"1234567\"}");
	assert_null(sheet_now()); /* nothing before its legal moment */
	step(OFFICER, at, "registered", "{}");
	assert_int_equal(register_index_build(&index, hub->store, &err), 0);
	sheet = sheet_in(index);
	assert_non_null(sheet);
	for (size_t i = 0; i < register_column_count; i++) {
		AUTO_STR struct str cell = {0};

		register_cell(sheet, &register_columns[i], &cell);
		if (cell.len == 0 && !comes_later(&register_columns[i]))
			fail_msg("%s is empty", register_columns[i].header);
	}
	for (size_t i = 0; i < ARRAY_LEN(asked); i++)
		if (found_by(index, asked[i].name, asked[i].value) != 1)
			fail_msg("not found by %s=%s", asked[i].name, asked[i].value);
	assert_int_equal(found_by(index, "domain", "cancer"), 0);
}

static void its_page_speaks_both_languages(void **state)
{
	static const char *const words[LANGUAGES][8] = {
	    {"Heart failure", "How many people", "Cardiovascular diseases",
		"DCIR (reimbursements)", "Health knowledge, epidemiology",
		"task in the public interest", "Public hospital",
		"<time datetime=\"2026-04-01\">1 April 2026</time>"},
	    {"Insuffisance cardiaque", "Combien de personnes", "Maladies cardio-vasculaires",
		"DCIR", "Connaissance de la santé, épidémiologie", "mission d&#39;intérêt public",
		"Etablissement public de santé",
		"<time datetime=\"2026-04-01\">1er avril 2026</time>"},
	};
	AUTO_FREE char *path = str_format("/register/%s", ref);

	(void)state;
	for (int l = 0; l < LANGUAGES; l++) {
		spoken = (enum language)l;
		for (size_t i = 0; i < ARRAY_LEN(words[0]); i++)
			expect(STRANGER, noon(2026, 3, 3), path, NULL, 200, words[l][i]);
	}
	spoken = ENGLISH;
}

static const char *said_of(const json_t *sheet, const char *key)
{
	return json_string_value(json_object_get(sheet, key));
}

/* What somebody else wrote stays: only what the answers said is theirs to take back. */
static void write_by_hand(int64_t at, const char *platform)
{
	AUTO_JSON json_t *patch = json_pack("{s:s, s:s}", "reference", ref, "platform", platform);
	struct register_change c = {.patch = patch, .author = {.at = at, .account = OFFICER}};
	struct desk_fed fed = {0};
	struct err err = {0};

	if (register_publish(hub->store, &c, &err) < 0 ||
	    desk_feed_all(hub, portal->law, at, &fed, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(fed.failed, 0);
}

static void what_is_no_longer_said_is_taken_back(void **state)
{
	int64_t at = noon(2029, 4, 9);
	AUTO_JSON json_t *first = NULL, *second = NULL, *third = NULL;

	(void)state;
	begin("ehds-application", at);
	fill(at, "{\"written_in\": \"fr\", \"project_title\": \"Insuffisance cardiaque\", "
		 "\"title_other\": \"Heart failure\", \"platform\": \"Portail\"}");
	step(APPLICANT, at, "submitted", "{\"signed_by\": \"The head\"}");
	first = sheet_now();
	assert_string_equal(said_of(first, "platform"), "Portail");
	assert_string_equal(said_of(json_object_get(first, "title"), "en"), "Heart failure");
	step(OFFICER, at, "items_requested", "{\"items\": [\"protocol\"]}");
	fill(at, "{\"written_in\": \"fr\", \"project_title\": \"Insuffisance cardiaque\", "
		 "\"title_other\": \"\", \"platform\": \"\"}");
	step(APPLICANT, at, "items_supplied", "{\"items\": [\"protocol\"]}");
	second = sheet_now();
	assert_null(json_object_get(second, "platform"));
	assert_null(json_object_get(json_object_get(second, "title"), "en"));
	assert_string_equal(
	    said_of(json_object_get(second, "title"), "fr"), "Insuffisance cardiaque");
	assert_string_equal(said_of(second, "rights_contact"), said_of(first, "rights_contact"));
	write_by_hand(at, "By hand");
	third = sheet_now();
	assert_string_equal(said_of(third, "platform"), "By hand");
}

static json_t *letters(size_t count, int first)
{
	AUTO_STR struct str text = {0};

	str_addf(&text, "%d", first);
	for (size_t i = text.len; i < count; i++)
		str_addz(&text, "\U0001F600");
	return json_string(str_get(&text));
}

/* As much as a form takes, in letters of four bytes: more than the register takes of a project. */
static json_t *too_much(void)
{
	static const char *const texts[] = {
	    "lay_summary", "summary_other", "benefits", "benefits_other"};
	json_t *said = json_loads(declared, 0, NULL), *rows = json_array();

	for (int i = 0; i < 100; i++)
		json_array_append_new(
		    rows, json_pack("{s:o, s:s}", "dataset", letters(500, i), "scope", "all"));
	json_object_set_new(said, "datasets", rows);
	json_object_set_new(said, "linked", json_string("yes"));
	json_object_set_new(said, "link_method", letters(5000, 1));
	json_object_set_new(said, "funders", letters(2000, 1));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		json_object_set_new(said, texts[i], letters(3000, 1));
	return said;
}

static void no_sheet_keeps_the_desk_from_its_acts(void **state)
{
	int64_t at = noon(2026, 3, 2);
	AUTO_JSON json_t *answers = too_much();
	AUTO_FREE char *said = NULL;
	struct desk_fed fed = {0};
	struct err err = {0};

	(void)state;
	said = json_dumps(answers, 0);
	begin("mr-004", at);
	fill(at, said);
	step(APPLICANT, at, "submitted",
	    "{\"signed_by\": \"The head\", \"conforms\": true, \"commitment\": \"1234567\"}");
	step(OFFICER, at, "registered", "{}");
	assert_null(sheet_now());
	/* It is told, each hour, until its words are others. */
	assert_int_equal(desk_feed_all(hub, portal->law, at, &fed, &err), 0);
	assert_int_equal(fed.failed, 1);
	assert_non_null(strstr(fed.why.msg, ref));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(codes_of_forms_are_words_of_the_register, open_portal),
	    cmocka_unit_test(a_declaration_fills_its_sheet),
	    cmocka_unit_test(its_page_speaks_both_languages),
	    cmocka_unit_test(what_is_no_longer_said_is_taken_back),
	    cmocka_unit_test_teardown(no_sheet_keeps_the_desk_from_its_acts, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
