#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/po.h"

static void check(const struct po *p, const char *id, const char *text)
{
	assert_true(view_eq(po_find(p, VIEW(id)), VIEW(text)));
}

static void texts_are_found(void **state)
{
	static const char text[] = "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n"
				   "#: a.c:1\nmsgid \"Sign in\"\nmsgstr \"Se connecter\"\n\n"
				   "msgid \"\"\n\"two \"\n\"lines\"\nmsgstr \"\"\n\"deux \"\n"
				   "\"\\\"lignes\\\"\\n\"\n\n"
				   "#, fuzzy\nmsgid \"guess\"\nmsgstr \"devinette\"\n\n"
				   "msgid \"none\"\nmsgstr \"\"\n";
	AUTO_PO struct po p = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(po_parse(&p, "fr.po", VIEW(text), &err), 0);
	check(&p, "Sign in", "Se connecter");
	check(&p, "two lines", "deux \"lignes\"\n");
	check(&p, "guess", "guess");
	check(&p, "none", "none");
	check(&p, "unknown", "unknown");
	check(&p, "", "");
}

static void said(const struct po *p, const char *message, const char *text)
{
	AUTO_STR struct str out = {0};

	po_said(p, VIEW(message), &out);
	assert_string_equal(str_get(&out), text);
}

static void messages_are_found_by_their_pattern(void **state)
{
	static const char text[] =
	    "msgid \"no opinion: %s\"\nmsgstr \"pas d’avis : %s\"\n\n"
	    "msgid \"nobody has voted\"\nmsgstr \"personne n’a voté\"\n\n"
	    "msgid \"'%.40s' needs '%s'\"\nmsgstr \"« %s » demande « %s »\"\n\n"
	    "msgid \"has %d dossiers\"\nmsgstr \"a %d dossiers\"\n\n"
	    "msgid \"late since %s (%s)\"\nmsgstr \"tard depuis %s (%s)\"\n\n"
	    "msgid \"%s\"\nmsgstr \"(%s)\"\n";
	AUTO_PO struct po p = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(po_parse(&p, "fr.po", VIEW(text), &err), 0);
	said(&p, "nobody has voted", "personne n’a voté");
	said(&p, "no opinion: nobody has voted", "pas d’avis : personne n’a voté");
	said(&p, "no opinion: ", "pas d’avis : ");
	said(&p, "'vote' needs 'it's'", "« vote » demande « it's »");
	said(&p, "has -12 dossiers", "a -12 dossiers");
	said(&p, "late since (x) (art. 5 (2))", "tard depuis (x) (art. 5 (2))");
	/* Nothing but the whole pattern: what is left is the last one's. */
	said(&p, "has many dossiers", "(has many dossiers)");
	said(&p, "no opinion", "(no opinion)");
	said(&p, "", "()");
}

static void refuse(const char *text, const char *why)
{
	struct po p = {0};
	struct err err = {0};

	assert_int_equal(po_parse(&p, "fr.po", VIEW(text), &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_string_equal(err.msg, why);
}

static void mistakes_have_a_line(void **state)
{
	(void)state;
	refuse("msgid \"a\"\nmsgstr \"b", "fr.po: line 2: not a line of a catalogue");
	refuse("msgstr \"b\"", "fr.po: line 1: not a line of a catalogue");
	refuse("\"a\"", "fr.po: line 1: not a line of a catalogue");
	refuse("msgid \"a\\q\"", "fr.po: line 1: not a line of a catalogue");
	refuse("msgid \"a\"\nmsgid_plural \"b\"", "fr.po: line 2: not a line of a catalogue");
	refuse("msgid \"a\"b\"", "fr.po: line 1: not a line of a catalogue");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_are_found),
	    cmocka_unit_test(messages_are_found_by_their_pattern),
	    cmocka_unit_test(mistakes_have_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
