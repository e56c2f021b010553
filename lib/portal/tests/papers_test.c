/*
 * Every paper of the desk in both languages: its text as pdftotext reads it, its
 * title and language. HYGIE_PICTURES=FOLDER keeps them, to be looked at.
 */
#include "fill_form.h"
#include "portal/tests/handler.h"
#include "portal/tests/pdf.h"

static char ref[64];
static char route_name[32];

static const char long_title[] =
    "Évaluation de l’usage des anticoagulants oraux directs après 65 ans : œdèmes, hémorragies "
    "<graves> & suites — Electroencephalographicallyanticoagulatedpseudohypoparathyroidismwithout"
    "spacesatallinthetitleofthisproject";

static struct desk desk_now(void)
{
	return (struct desk){.store = hub->store, .law = portal->law};
}

static int64_t number(void)
{
	struct desk desk = desk_now();
	struct err err = {0};
	int64_t id;

	if (desk_find(&desk, VIEW(ref), &id, &err) < 0)
		fail_msg("%s", err.msg);
	return id;
}

/* Straight to the records: who may what is others' tests. */
static void tell(const char *command, enum desk_role role, int64_t actor, int64_t at,
    const char *data)
{
	struct desk desk = desk_now();
	AUTO_JSON json_t *said = json_loads(data, 0, NULL);
	struct desk_command c = {
	    .name = command, .at = at, .actor = actor, .role = role, .data = said};
	struct err err = {0};

	assert_non_null(said);
	desk.with_forms = strcmp(command, "submit") == 0;
	if (desk_execute(&desk, number(), -1, &c, NULL, &err) < 0)
		fail_msg("%s: %s", command, err.msg);
}

static void begin(const char *route, int64_t at)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *made = NULL;
	AUTO_FREE char *body =
	    str_format("{\"route\": \"%s\", \"title\": \"%s\"}", route, long_title);

	snprintf(route_name, sizeof(route_name), "%s", route);
	visit(&a, APPLICANT, at, "/desk", body);
	assert_int_equal(a.status, 201);
	made = json_loads(str_get(&a.r.body), 0, NULL);
	snprintf(ref, sizeof(ref), "%s", json_string_value(json_object_get(made, "ref")));
}

static void add_long(json_t *answers, const char *field)
{
	AUTO_STR struct str text = {0};

	for (int i = 1; i <= 120; i++)
		str_addf(&text, "Phrase %d : l’étude porte sur des données pseudonymisées.%s", i,
		    i % 10 ? " " : "\n");
	json_object_set_new(answers, field, json_string(str_get(&text)));
}

/* A form takes of it the fields that it has. */
static void fill(int64_t at)
{
	struct desk desk = desk_now();
	AUTO_JSON json_t *answers = json_pack("{s:s, s:s}", "project_title", long_title,
	    "controller_name", "Université d’exemple");
	struct err err = {0};

	add_long(answers, "method");
	add_long(answers, "intended_use");
	if (fill_form_with(&desk, VIEW(ref), answers, APPLICANT, at, &err) < 0)
		fail_msg("%s", err.msg);
}

static void keep(const char *paper, const struct str *pdf)
{
	const char *folder = getenv("HYGIE_PICTURES");
	AUTO_FREE char *name = str_format("%s/%s-%s-%s.pdf", folder ? folder : test_folder,
	    route_name, paper, spoken == FRENCH ? "fr" : "en");
	struct err err = {0};

	if (file_write(name, str_view(pdf), &err) < 0)
		fail_msg("%s", err.msg);
}

/* The paper at /desk/REF/`path` in both languages; each says what stands between the bars. */
static void paper(const char *path, int64_t at, const char *english, const char *french)
{
	const char *const wanted[LANGUAGES] = {english, french};
	AUTO_FREE char *full = str_format("/desk/%s/%s", ref, path);

	for (int l = 0; l < LANGUAGES; l++) {
		AUTO_ANSWER struct answer a = {0};
		struct view rest = VIEW(wanted[l]), part;
		AUTO_FREE char *text = NULL;
		AUTO_FREE char *name = str_format("%.*s", (int)strcspn(path, "."), path);

		spoken = (enum language)l;
		for (char *c = name; *c; c++)
			*c = *c == '/' ? '-' : *c;
		visit(&a, APPLICANT, at, full, NULL);
		if (a.status != 200)
			fail_msg("%s: %d %s", full, a.status, str_get(&a.r.body));
		assert_string_equal(a.r.type, "application/pdf");
		assert_non_null(memmem(a.r.body.buf, a.r.body.len,
		    l == FRENCH ? "/Lang (fr)" : "/Lang (en)", 10));
		keep(name, &a.r.body);
		text = pdf_read(&a.r.body, "pdftotext", "-layout");
		while (text && view_next(&rest, '|', &part))
			if (!memmem(text, strlen(text), part.ptr, part.len))
				fail_msg("%s: no \"%.*s\" in: %s", full, VIEW_ARG(part), text);
	}
	spoken = ENGLISH;
}

static const char submit_007[] =
    "{\"signed_by\": \"The head\", \"conforms\": true, \"data_from_cnam_only\": true, "
    "\"no_reuse\": true, \"referential_2017\": true, \"not_excluded_body\": true}";

static void a_declaration(void **state)
{
	int64_t at = noon(2026, 3, 2);

	(void)state;
	begin("mr-004", at);
	fill(at);
	paper("dossier.pdf", at, "Draft", "Brouillon");
	tell("submit", DESK_APPLICANT, APPLICANT, at,
	    "{\"signed_by\": \"The head\", \"conforms\": true, \"commitment\": \"1234567\"}");
	paper("dossier.pdf", at, "2 March 2026|Version 1", "2 mars 2026|Version 1");
	paper("receipt.pdf", noon(2026, 5, 1),
	    "Receipt of a declaration|2 March 2026|1234567|does not let the work start|No delay",
	    "Récépissé de déclaration|2 mars 2026|1234567|ne permet pas de débuter|Aucun délai");
	tell("register", DESK_OFFICER, OFFICER, noon(2026, 3, 9), "{}");
	paper("decision/1.pdf", noon(2026, 3, 9),
	    "Decision|9 March 2026|The work may start.|recorded on 9 March 2026",
	    "Décision|9 mars 2026|Les travaux peuvent débuter.|consigné le 9 mars 2026");
}

static void an_opinion_by_silence(void **state)
{
	int64_t at = noon(2026, 3, 2);

	(void)state;
	begin("mr-007", at);
	fill(at);
	tell("submit", DESK_APPLICANT, APPLICANT, at, submit_007);
	paper("receipt.pdf", at, "until 11 March 2026|1 month from the day|expressly favourable",
	    "jusqu’au 11 mars 2026|1 mois à compter|expressément favorable|du 29 mai 2019");
	tell("transmit", DESK_OFFICER, OFFICER, at, "{}");
	paper("decision/1.pdf", noon(2026, 4, 20),
	    "No express decision|silence is a favourable opinion|The work may not start.",
	    "Aucune décision expresse|le silence vaut avis favorable|ne peuvent pas débuter");
}

static void an_authorisation(void **state)
{
	int64_t at = noon(2026, 1, 12), later = noon(2026, 2, 2);
	AUTO_FREE char *path = NULL;

	(void)state;
	begin("standard", at);
	fill(at);
	tell("submit", DESK_APPLICANT, APPLICANT, at, "{\"signed_by\": \"The head\"}");
	tell("transmit", DESK_OFFICER, OFFICER, at, "{}");
	tell("give_opinion", DESK_CHAIR, CHAIR, later,
	    "{\"opinion\": \"favourable_with_recommendations\", \"session\": 1, \"reasons\": "
	    "\"Méthode solide.\\nLe comité recommande de publier le protocole.\"}");
	tell("pursue", DESK_APPLICANT, APPLICANT, later, "{}");
	tell("transmit_authority", DESK_OFFICER, OFFICER, later, "{}");
	tell("authorise", DESK_AUTHORITY, AUTHORITY, noon(2026, 3, 1),
	    "{\"number\": \"DR-2026-001\"}");
	paper("decision/1.pdf", noon(2026, 3, 2),
	    "Opinion of the committee|2 February 2026|Favourable with recommendations|art. 91",
	    "Avis du comité|2 février 2026|Favorable avec recommandations|du 29 mai 2019");
	paper("decision/2.pdf", noon(2026, 3, 2), "Decision|1 March 2026|DR-2026-001|Authorised",
	    "Décision|1er mars 2026|DR-2026-001|Université d’exemple");
	path = str_format("/desk/%s/permit", ref);
	expect(OFFICER, noon(2026, 3, 2), path,
	    "{\"seen\": 7, \"permit\": {\"to\": \"2027-02-05\", \"data\": [{\"category\": \"e\", "
	    "\"specification\": \"médicaments remboursés 2020 à 2025\", \"format\": \"Parquet\", "
	    "\"source\": \"SNDS\", \"pseudonymised\": true}], \"conditions\": "
	    "[\"aucun effectif de moins de 11 personnes\"], \"persons\": [{\"name\": "
	    "\"Person One\", \"function\": \"epidemiologist\", \"organisation\": "
	    "\"University One\", \"lead\": true}, {\"name\": \"Person Two\", \"function\": "
	    "\"statistician\", \"organisation\": \"University One\", \"lead\": false}], "
	    "\"environment\": {\"characteristics\": \"Secure space\", \"tools\": [\"R\", "
	    "\"Python\"]}}}",
	    201, "");
	paper("permit.pdf", noon(2026, 3, 2),
	    "5 February 2027|reimbursement (category e) · médicaments|Favourable with",
	    "5 février 2027|remboursements (catégorie e) · médicaments|Favorable avec");
}

static void fees_and_a_refusal(void **state)
{
	int64_t at = noon(2029, 11, 6);
	AUTO_FREE char *path = NULL;

	(void)state;
	begin("ehds-application", at);
	fill(at);
	tell("submit", DESK_APPLICANT, APPLICANT, at, "{\"signed_by\": \"The head\"}");
	path = str_format("/desk/%s/fees", ref);
	expect(OFFICER, at, path,
	    "{\"seen\": 2, \"request\": {\"class\": \"university\", \"quantities\": "
	    "[{\"component\": \"application\", \"quantity\": 1}, {\"component\": \"spe\", "
	    "\"quantity\": 12}], \"holders\": [{\"holder\": \"Holder One\", \"cents\": 120000, "
	    "\"reference\": \"D-12\"}]}}",
	    201, "");
	paper("fees.pdf", at,
	    "Estimate of fees|800.00 EUR − 240.00 EUR|12 × month|5,360.00 EUR",
	    "Estimation des redevances|12 × mois|360,00 EUR|exemple ; art. 62(1)");
	tell("refuse", DESK_OFFICER, OFFICER, at, "{\"reasons\": \"No public interest.\"}");
	paper("decision/1.pdf", at, "No public interest.", "No public interest.");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_declaration, open_portal),
	    cmocka_unit_test(an_opinion_by_silence),
	    cmocka_unit_test(an_authorisation),
	    cmocka_unit_test_teardown(fees_and_a_refusal, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
