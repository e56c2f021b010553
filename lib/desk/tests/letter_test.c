/* The rules of letters: every event is one, no text says anything of people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/letter.h"

#include "base/embed.h"
#include "desk/committee.h"

/* What is told and is no event of a route or of the committee. */
static const char *const others[] = {"comment_added", "delay_expired", "delay_ends",
    "results_end", "session_called", "item_added", "rapporteur_assigned", "minutes_drafted",
    "minutes_approved", "permit_ends_soon", "permit_extension_day", "permit_last_day",
    "data_deleted_day", "results_public_day"};

static bool is_event(const struct desk_law *law, const char *event)
{
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(others[i], event) == 0)
			return true;
	for (size_t i = 0; i < desk_law_count(law); i++)
		for (size_t k = 0; k < desk_law_route(law, i)->step_count; k++)
			if (strcmp(desk_law_route(law, i)->steps[k].event, event) == 0)
				return true;
	return false;
}

static void every_rule_takes_an_event_to_somebody(void **state)
{
	AUTO_DESK_LETTERS struct desk_letters *l = NULL;
	struct desk_law *law = NULL;
	struct err err = {0};

	(void)state;
	if (desk_letters_new(&l, &err) < 0 || desk_law_new(&law, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(desk_letters_count(l) > 50);
	for (size_t i = 0; i < desk_letters_count(l); i++) {
		const struct desk_letter_rule *r = desk_letters_rule(l, i);

		if (!is_event(law, r->event))
			fail_msg("no event is called %s", r->event);
		assert_true(r->to != 0);
	}
	desk_law_free(&law);
}

/* Steps that decide or ask something: silence there would be a fault. */
static void what_matters_is_told(void **state)
{
	static const char *const events[] = {"submitted", "items_requested", "transmitted",
	    "holder_remarked", "session_called", "opinion_given", "authorised", "refused",
	    "permit_issued", "permit_revoked", "results_end", "comment_added", "member_added"};
	AUTO_DESK_LETTERS struct desk_letters *l = NULL;
	struct err err = {0};

	(void)state;
	if (desk_letters_new(&l, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t e = 0; e < ARRAY_LEN(events); e++) {
		bool told = false;

		for (size_t i = 0; i < desk_letters_count(l); i++)
			told |= strcmp(desk_letters_rule(l, i)->event, events[e]) == 0;
		if (!told)
			fail_msg("nobody is told of %s", events[e]);
	}
}

/* Only a reference may be filled in: nothing else can come in from a dossier. */
static void letters_hold_no_value(void **state)
{
	AUTO_DESK_LETTERS struct desk_letters *l = NULL;
	struct err err = {0};

	(void)state;
	if (desk_letters_new(&l, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < desk_letters_count(l); i++) {
		const struct desk_letter *letter = desk_letters_rule(l, i)->letter;
		const char *texts[] = {letter->subject.in[0], letter->subject.in[1],
		    letter->text.in[0], letter->text.in[1]};

		for (size_t k = 0; k < ARRAY_LEN(texts); k++)
			for (const char *at = strstr(texts[k], "{{"); at;
			     at = strstr(at + 2, "{{"))
				if (strncmp(at, "{{ref}}", 7) != 0)
					fail_msg("%s: %s", letter->id, at);
	}
}

static void a_letter_leads_to_its_page(void **state)
{
	AUTO_DESK_LETTERS struct desk_letters *l = NULL;
	struct desk_letter_place here = {"https://hub.test", "Hub", "2026-00012", true};
	AUTO_STR struct str subject = {0}, text = {0};
	const struct desk_letter *letter;
	struct err err = {0};

	(void)state;
	if (desk_letters_new(&l, &err) < 0)
		fail_msg("%s", err.msg);
	letter = desk_letter_find(l, VIEW_LIT("permit"));
	assert_non_null(letter);
	if (desk_letter_subject(l, letter, &here, &subject, &err) < 0 ||
	    desk_letter_text(l, letter, &here, &text, &err) < 0)
		fail_msg("%s", err.msg);
	assert_string_equal(str_get(&subject), "Demande 2026-00012 : l’autorisation");
	assert_non_null(strstr(str_get(&text), "https://hub.test/fr/desk/2026-00012/permit\n"));
	assert_non_null(strstr(str_get(&text), "https://hub.test/fr/account"));
	letter = desk_letter_find(l, VIEW_LIT("agenda"));
	here.french = false;
	str_reset(&text);
	if (desk_letter_text(l, letter, &here, &text, &err) < 0)
		fail_msg("%s", err.msg);
	assert_non_null(strstr(str_get(&text), "https://hub.test/en/committee/item/2026-00012\n"));
	letter = desk_letter_find(l, VIEW_LIT("session"));
	here.ref = "";
	str_reset(&text);
	if (desk_letter_text(l, letter, &here, &text, &err) < 0)
		fail_msg("%s", err.msg);
	assert_non_null(strstr(str_get(&text), "https://hub.test/en/committee\n"));
}

#define HEAD                                                           \
	"{\"version\": 1, \"frame\": {\"en\": \"f\", \"fr\": \"f\"}, " \
	"\"digest_subject\": {\"en\": \"d\", \"fr\": \"d\"}, "         \
	"\"digest\": {\"en\": \"d\", \"fr\": \"d\"}, "
#define LETTER                                                          \
	"{\"id\": \"a\", \"subject\": {\"en\": \"s\", \"fr\": \"s\"}, " \
	"\"text\": {\"en\": \"t\", \"fr\": \"t\"}, \"page\": \"\"}"
#define RULE(to, letter) \
	"{\"event\": \"e\", \"to\": [" to "], \"letter\": \"" letter "\", \"source\": \"x\"}"

static void a_wrong_file_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *json, *place;
	} wrong[] = {
	    {"[]", "letters.json"},
	    {HEAD "\"letters\": [" LETTER "], \"rules\": [" RULE("\"team\"", "b") "]}",
		"rules[0]"},
	    {HEAD "\"letters\": [" LETTER "], \"rules\": [" RULE("\"all\"", "a") "]}", "to[0]"},
	    {HEAD "\"letters\": [" LETTER "], \"rules\": [" RULE("", "a") "]}", "rules[0]"},
	    {HEAD "\"letters\": [" LETTER ", " LETTER "], \"rules\": [" RULE("\"team\"", "a") "]}",
		"letters[1]"},
	    {HEAD "\"letters\": [], \"rules\": [" RULE("\"team\"", "a") "]}", "letters"},
	    {HEAD "\"letters\": [" LETTER "], \"rules\": [], \"more\": 1}", "more"},
	};
	struct desk_letters *l = NULL;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		err = (struct err){0};
		assert_int_equal(desk_letters_parse(&l, VIEW(wrong[i].json), &err), -1);
		if (err.code != ERR_FORMAT || !strstr(err.msg, wrong[i].place))
			fail_msg("%zu: %s", i, err.msg);
	}
	err = (struct err){0};
	if (desk_letters_parse(&l,
		VIEW_LIT(HEAD "\"letters\": [" LETTER "], \"rules\": [" RULE("\"team\"", "a") "]}"),
		&err) < 0)
		fail_msg("%s", err.msg);
	desk_letters_free(&l);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_rule_takes_an_event_to_somebody),
	    cmocka_unit_test(what_matters_is_told),
	    cmocka_unit_test(letters_hold_no_value),
	    cmocka_unit_test(a_letter_leads_to_its_page),
	    cmocka_unit_test(a_wrong_file_is_refused_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
