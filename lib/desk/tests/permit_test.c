#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/permit.h"
#include "io/file.h"

#define SIGNER "hub.example/permit"

static void key_of_vectors(struct note_key *key)
{
	unsigned char seed[crypto_sign_SEEDBYTES];

	for (size_t i = 0; i < sizeof(seed); i++)
		seed[i] = (unsigned char)i;
	crypto_sign_seed_keypair(key->public_key, key->secret_key, seed);
}

static void read_vector(const char *name, struct str *ret)
{
	AUTO_FREE char *path = str_format("%s/lib/desk/tests/permit/%s", HYGIE_SOURCE_DIR, name);
	struct err err = {0};

	if (file_read(path, 1 << 20, ret, &err) < 0)
		fail_msg("%s", err.msg);
}

/* The text before the signature. */
static struct view text_of(const struct str *note)
{
	const char *end = strstr(str_get(note), "\n\n");

	assert_non_null(end);
	return (struct view){note->buf, (size_t)(end - note->buf) + 1};
}

static const char *const notices[] = {
    "{\"format\": \"hygie-notice-1\", \"permit\": \"P-2029-0001\", \"kind\": \"suspension\", "
    "\"at\": \"2030-03-01\", \"reason\": \"incident in the space\"}",
    "{\"format\": \"hygie-notice-1\", \"permit\": \"P-2029-0001\", \"kind\": \"resumption\", "
    "\"at\": \"2030-03-15\", \"reason\": \"incident closed\"}",
    "{\"format\": \"hygie-notice-1\", \"permit\": \"P-2029-0001\", \"kind\": \"extension\", "
    "\"at\": \"2032-05-20\", \"reason\": \"longer follow-up\", \"to\": \"2034-06-30\", "
    "\"requested\": \"2032-05-02\"}",
    "{\"format\": \"hygie-notice-1\", \"permit\": \"P-2029-0001\", \"kind\": \"revocation\", "
    "\"at\": \"2033-01-10\", \"reason\": \"conditions not kept\"}"};

/* The vectors were signed by PyNaCl: we sign the same bytes. */
static void same_bytes_as_another_program(void **state)
{
	AUTO_STR struct str wanted = {0};
	AUTO_STR struct str wanted_notices = {0};
	AUTO_STR struct str permit = {0};
	AUTO_STR struct str all = {0};
	struct note_key key;
	struct err err = {0};

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &wanted);
	read_vector("notices.note", &wanted_notices);
	if (desk_permit_sign(text_of(&wanted), SIGNER, &key, &permit, &err) < 0)
		fail_msg("%s", err.msg);
	assert_string_equal(str_get(&permit), str_get(&wanted));
	for (size_t i = 0; i < ARRAY_LEN(notices); i++) {
		AUTO_STR struct str note = {0};

		if (desk_notice_sign(str_view(&permit), str_view(&all), VIEW(notices[i]), SIGNER,
			&key, &note, &err) < 0)
			fail_msg("%s", err.msg);
		str_add(&all, str_view(&note));
	}
	assert_string_equal(str_get(&all), str_get(&wanted_notices));
}

static void every_changed_byte_is_seen(void **state)
{
	AUTO_STR struct str permit = {0};
	struct note_key key;

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &permit);
	for (size_t i = 0; i < permit.len; i++) {
		AUTO_DESK_VERDICT struct desk_verdict v = {0};
		struct err err = {0};

		permit.buf[i] ^= 1;
		if (desk_permit_verify(&v, str_view(&permit), VIEW_NONE, &key,
			date_from_civil(2030, 1, 1), &err) == 0)
			assert_int_equal(v.state, DESK_PERMIT_FORGED);
		else
			assert_int_equal(err.code, ERR_FORMAT);
		permit.buf[i] ^= 1;
	}
}

static enum desk_permit_state state_at(const struct str *permit, struct view chain,
    const struct note_key *key, date_t day)
{
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	struct err err = {0};

	if (desk_permit_verify(&v, str_view(permit), chain, key, day, &err) < 0)
		fail_msg("%s", err.msg);
	return v.state;
}

static void states_by_day(void **state)
{
	static const struct {
		struct civil day;
		enum desk_permit_state alone, with;
	} cases[] = {
	    {{2029, 6, 30}, DESK_PERMIT_NOT_YET, DESK_PERMIT_NOT_YET},
	    {{2029, 7, 1}, DESK_PERMIT_VALID, DESK_PERMIT_VALID},
	    {{2030, 3, 1}, DESK_PERMIT_VALID, DESK_PERMIT_SUSPENDED},
	    {{2030, 3, 14}, DESK_PERMIT_VALID, DESK_PERMIT_SUSPENDED},
	    {{2030, 3, 15}, DESK_PERMIT_VALID, DESK_PERMIT_VALID},
	    {{2032, 6, 30}, DESK_PERMIT_VALID, DESK_PERMIT_VALID},
	    {{2032, 7, 1}, DESK_PERMIT_EXPIRED, DESK_PERMIT_VALID},
	    {{2033, 1, 9}, DESK_PERMIT_EXPIRED, DESK_PERMIT_VALID},
	    {{2033, 1, 10}, DESK_PERMIT_EXPIRED, DESK_PERMIT_REVOKED},
	};
	AUTO_STR struct str permit = {0};
	AUTO_STR struct str chain = {0};
	struct note_key key, other;
	const char *second;

	(void)state;
	key_of_vectors(&key);
	crypto_sign_keypair(other.public_key, other.secret_key);
	read_vector("permit.note", &permit);
	read_vector("notices.note", &chain);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		date_t day = date_from_civil(cases[i].day.year, cases[i].day.month,
		    cases[i].day.day);

		assert_int_equal(state_at(&permit, VIEW_NONE, &key, day), cases[i].alone);
		assert_int_equal(state_at(&permit, str_view(&chain), &key, day), cases[i].with);
		assert_int_equal(state_at(&permit, str_view(&chain), &other, day),
		    DESK_PERMIT_FORGED);
	}
	second = strstr(str_get(&chain) + 1, "\n{") + 1;
	assert_int_equal(state_at(&permit, VIEW(second), &key, 0), DESK_PERMIT_FORGED);
}

/* What the law refuses is not signed. */
static void refused_notices(void **state)
{
	static const struct {
		const char *kind, *more, *wanted;
	} cases[] = {
	    {"extension", "\"to\": \"2034-06-30\", \"requested\": \"2032-05-31\"",
		"asked for after 2032-05-30"},
	    {"extension", "\"to\": \"2042-07-01\", \"requested\": \"2032-05-30\"",
		"an extension of more than 10 years"},
	    {"extension", "\"to\": \"2032-06-30\", \"requested\": \"2032-05-30\"",
		"ends later than the permit"},
	    {"extension", "\"requested\": \"2032-05-30\"", "to: is missing"},
	    {"resumption", "\"at\": \"2032-06-02\"", "not suspended"},
	    {"suspension", "\"to\": \"2034-01-01\"", "only an extension has"},
	    {"amendment", "\"changes\": {\"persons\": []}", "persons: must be a list"},
	    {"amendment", "\"changes\": {\"to\": \"2039-01-01\"}", "unknown key 'to'"},
	    {"revocation", "\"permit\": \"P-2\"", "of another permit"},
	    {"suspension", "\"at\": \"2029-06-14\"", "dated before the one before it"},
	};
	AUTO_STR struct str permit = {0};
	struct note_key key;

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &permit);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool dated = strstr(cases[i].more, "\"at\"") != NULL;
		bool named = strstr(cases[i].more, "\"permit\"") != NULL;
		AUTO_FREE char *json = str_format("{\"format\": \"hygie-notice-1\", %s %s "
						  "\"kind\": \"%s\", \"reason\": \"r\", %s}",
		    dated ? "" : "\"at\": \"2032-06-01\",",
		    named ? "" : "\"permit\": \"P-2029-0001\",", cases[i].kind, cases[i].more);
		AUTO_STR struct str note = {0};
		struct err err = {0};

		assert_int_equal(desk_notice_sign(str_view(&permit), VIEW_NONE, VIEW(json), SIGNER,
				     &key, &note, &err),
		    -1);
		assert_int_equal(note.len, 0);
		if (!strstr(err.msg, cases[i].wanted))
			fail_msg("%s, not %s", err.msg, cases[i].wanted);
	}
}

static void only_one_extension(void **state)
{
	static const char json[] =
	    "{\"format\": \"hygie-notice-1\", \"permit\": \"P-2029-0001\", "
	    "\"kind\": \"extension\", "
	    "\"at\": \"2032-06-01\", \"reason\": \"r\", \"to\": \"2035-06-30\", \"requested\": "
	    "\"2032-05-30\"}";
	AUTO_STR struct str permit = {0};
	AUTO_STR struct str first = {0};
	AUTO_STR struct str second = {0};
	struct note_key key;
	struct err err = {0};

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &permit);
	assert_int_equal(desk_notice_sign(str_view(&permit), VIEW_NONE, VIEW(json), SIGNER, &key,
			     &first, &err),
	    0);
	assert_int_equal(desk_notice_sign(str_view(&permit), str_view(&first), VIEW(json), SIGNER,
			     &key, &second, &err),
	    -1);
	assert_non_null(strstr(err.msg, "extended once"));
}

/* Each point of Art. 68(10) taken away is refused. */
static void incomplete_permits(void **state)
{
	static const char *const keys[] = {"format", "permit", "application", "basis", "authority",
	    "user", "issued", "from", "to", "data", "purpose", "exception", "persons",
	    "environment", "fees", "conditions"};
	AUTO_STR struct str vector = {0};
	struct note_key key;

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &vector);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		AUTO_JSON json_t *j = json_loadb(vector.buf, text_of(&vector).len, 0, NULL);
		AUTO_FREE char *text = NULL;
		AUTO_STR struct str note = {0};
		struct err err = {0};

		assert_int_equal(json_object_del(j, keys[i]), 0);
		text = json_dumps(j, 0);
		assert_int_equal(desk_permit_sign(VIEW(text), SIGNER, &key, &note, &err), -1);
		assert_non_null(strstr(err.msg, keys[i]));
	}
}

static void ten_years_to_the_day(void **state)
{
	static const struct {
		const char *to;
		int status;
	} cases[] = {{"2039-06-30", 0}, {"2039-07-01", -1}, {"2029-06-30", -1}};
	AUTO_STR struct str vector = {0};
	struct note_key key;

	(void)state;
	key_of_vectors(&key);
	read_vector("permit.note", &vector);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json_t *j = json_loadb(vector.buf, text_of(&vector).len, 0, NULL);
		AUTO_FREE char *text = NULL;
		AUTO_STR struct str note = {0};
		struct err err = {0};

		json_object_set_new(j, "to", json_string(cases[i].to));
		text = json_dumps(j, 0);
		assert_int_equal(desk_permit_sign(VIEW(text), SIGNER, &key, &note, &err),
		    cases[i].status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(same_bytes_as_another_program),
	    cmocka_unit_test(every_changed_byte_is_seen),
	    cmocka_unit_test(states_by_day),
	    cmocka_unit_test(refused_notices),
	    cmocka_unit_test(only_one_extension),
	    cmocka_unit_test(incomplete_permits),
	    cmocka_unit_test(ten_years_to_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
