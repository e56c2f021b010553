#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/document.h"
#include "io/file.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct desk_decision decision = {
    .title = "Avis du comité",
    .body = "Plateforme d’exemple",
    .reference = "AV-2029-12",
    .application = "A-2029-0007",
    .project = "Anticoagulants après 65 ans : œdèmes, hémorragies <graves> & suites",
    .applicant = "Université d’exemple",
    .outcome = "Favorable",
    .tacit = true,
    .basis = "Décret n° 2019-536, art. 90",
    .reasons = (const char *const[]){"Le délai d’un mois est écoulé.", "Ελληνικά, Кириллица.",
	NULL},
    .remedies = "Tribunal administratif, deux mois.",
    .date = 21715,
};

static void pdf_of(const struct desk_document *d, struct str *out)
{
	struct err err = {0};

	if (desk_document_pdf(d, out, &err) < 0)
		fail_msg("%s", err.msg);
}

/* What a tool of poppler prints of the PDF; NULL when it is not there. */
static char *said_by(const char *const *argv, const struct str *pdf)
{
	static char zone[] = "TZ=UTC";
	posix_spawn_file_actions_t actions;
	struct str out = {0};
	struct err err = {0};
	pid_t pid;
	int status;

	if (file_write("x.pdf", str_view(pdf), &err) < 0)
		fail_msg("%s", err.msg);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "out.txt",
	    O_WRONLY | O_CREAT | O_TRUNC, 0600);
	status = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv,
	    (char *const[]){zone, NULL});
	posix_spawn_file_actions_destroy(&actions);
	if (status != 0 || waitpid(pid, &status, 0) < 0 || status != 0 ||
	    file_read("out.txt", 1 << 20, &out, &err) < 0)
		return NULL;
	return str_take(&out);
}

static const char *const as_text[] = {"pdftotext", "x.pdf", "-", NULL};
static const char *const as_facts[] = {"pdfinfo", "-isodates", "x.pdf", NULL};

static void same_bytes_and_readable(void **state)
{
	AUTO_DESK_DOCUMENT struct desk_document d = {0};
	AUTO_STR struct str first = {0};
	AUTO_STR struct str second = {0};
	AUTO_FREE char *text = NULL;
	AUTO_FREE char *info = NULL;

	(void)state;
	desk_decision_document(&d, &decision, DESK_FRENCH);
	pdf_of(&d, &first);
	pdf_of(&d, &second);
	assert_true(view_eq(str_view(&first), str_view(&second)));
	assert_true(view_starts(str_view(&first), VIEW_LIT("%PDF-1.")));
	text = said_by(as_text, &first);
	if (!text)
		skip();
	assert_non_null(strstr(text, "Avis du comité"));
	assert_non_null(strstr(text, "hémorragies <graves>"));
	assert_non_null(strstr(text, "Aucune décision expresse"));
	assert_non_null(strstr(text, "Ελληνικά, Кириллица."));
	info = said_by(as_facts, &first);
	assert_non_null(strstr(info, "2029-06-15T00:00:00"));
	assert_non_null(strstr(info, "Tagged:          yes"));
	assert_non_null(strstr(info, "Pages:           1"));
}

/* Long answers go over pages; nothing is lost. */
static void long_dossiers(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *answers = json_object();
	AUTO_DESK_DOCUMENT struct desk_document d = {0};
	AUTO_STR struct str words = {0};
	AUTO_STR struct str pdf = {0};
	AUTO_FREE char *text = NULL;
	struct desk_form_view v = {.form = &f, .answers = answers, .language = DESK_FRENCH};
	struct err err = {0};
	int pages = 1;

	(void)state;
	assert_int_equal(desk_form_find(&f, "ehds-application", &err), 0);
	for (int i = 0; i < 2000; i++)
		str_addf(&words, "mot%04d ", i);
	json_object_set_new(answers, "intended_use", json_string(str_get(&words)));
	json_object_set_new(answers, "contact_email", json_string("hidden@example.org"));
	desk_dossier_document(&d, &v, "Plateforme d’exemple", "A-2029-0007", 21715);
	pdf_of(&d, &pdf);
	text = said_by(as_text, &pdf);
	if (!text)
		skip();
	for (int i = 0; i < 2000; i++) {
		AUTO_FREE char *word = str_format("mot%04d", i);

		assert_non_null(strstr(text, word));
	}
	for (const char *p = text; *p; p++)
		pages += *p == '\f';
	assert_true(pages > 4);
	assert_null(strstr(text, "hidden@example.org"));
}

static void html_is_escaped(void **state)
{
	AUTO_DESK_DOCUMENT struct desk_document d = {0};
	AUTO_STR struct str html = {0};

	(void)state;
	desk_decision_document(&d, &decision, DESK_FRENCH);
	desk_document_html(&d, &html);
	assert_non_null(strstr(str_get(&html), "<html lang=\"fr\">"));
	assert_non_null(strstr(str_get(&html), "hémorragies &lt;graves&gt; &amp; suites"));
	assert_non_null(strstr(str_get(&html), "<ul>\n<li>Le délai"));
	assert_non_null(strstr(str_get(&html), "</dl>\n<p>Aucune"));
}

/* The tools of poppler read and write in a folder of this run. */
static int enter_folder(void **state)
{
	static char folder[] = "/tmp/hygie-document-XXXXXX";

	*state = folder;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	struct err err = {0};

	return chdir("/") < 0 ? -1 : path_remove(*state, &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(same_bytes_and_readable),
	    cmocka_unit_test(long_dossiers),
	    cmocka_unit_test(html_is_escaped),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
