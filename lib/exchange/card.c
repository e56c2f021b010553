#include "exchange/bytes.h"
#include "exchange/directory.h"
#include "exchange/key.h"
#include "io/file.h"
#include "io/json.h"

enum {
	FINGERPRINT_BYTES = 20,
	CARD_MAX = 4096,
	DIRECTORY_MAX = 4 << 20,
};

void exchange_card_fingerprint(const struct exchange_card *c, char ret[EXCHANGE_FINGERPRINT_SIZE])
{
	static const char domain[] = "hygie exchange card 1";
	unsigned char digest[crypto_hash_sha256_BYTES];
	unsigned char name[EXCHANGE_NAME_SIZE - 1] = {0};
	unsigned char role = (unsigned char)c->role;
	char hex[FINGERPRINT_BYTES * 2 + 1];
	crypto_hash_sha256_state state;
	size_t out = 0;

	memcpy(name, c->name, strlen(c->name));
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)domain, sizeof(domain));
	crypto_hash_sha256_update(&state, name, sizeof(name));
	crypto_hash_sha256_update(&state, &role, 1);
	crypto_hash_sha256_update(&state, c->box, sizeof(c->box));
	crypto_hash_sha256_update(&state, c->sign, sizeof(c->sign));
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(hex, sizeof(hex), digest, FINGERPRINT_BYTES);
	for (size_t i = 0; hex[i]; i++) {
		if (i && i % 4 == 0)
			ret[out++] = '-';
		ret[out++] = hex[i];
	}
	ret[out] = '\0';
}

static void add_card(struct json_writer *w, const struct exchange_card *c)
{
	char hex[crypto_box_PUBLICKEYBYTES * 2 + 1];
	char fingerprint[EXCHANGE_FINGERPRINT_SIZE];

	exchange_card_fingerprint(c, fingerprint);
	json_begin_object(w);
	json_set_text(w, "name", c->name);
	json_set_text(w, "role", exchange_role_name(c->role));
	json_set_text(w, "box", sodium_bin2hex(hex, sizeof(hex), c->box, sizeof(c->box)));
	json_set_text(w, "sign", sodium_bin2hex(hex, sizeof(hex), c->sign, sizeof(c->sign)));
	json_set_text(w, "fingerprint", fingerprint);
	json_end_object(w);
}

void exchange_card_format(const struct exchange_card *c, struct str *out)
{
	struct json_writer w = {.out = out, .indent = 2};

	add_card(&w, c);
	str_addc(out, '\n');
}

static bool get_hex(const json_t *card, const char *key, unsigned char *ret, size_t size)
{
	const char *hex = json_string_value(json_object_get(card, key));
	size_t len = 0;

	return hex && strlen(hex) == size * 2 &&
	       sodium_hex2bin(ret, size, hex, strlen(hex), NULL, &len, NULL) == 0 && len == size;
}

static int bad_card(const char *path, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s", path, what);
}

MUST_CHECK static int get_card(struct exchange_card *ret, const json_t *j, const char *path,
    struct err *err)
{
	const char *name = json_string_value(json_object_get(j, "name"));
	const char *role = json_string_value(json_object_get(j, "role"));
	const char *pinned = json_string_value(json_object_get(j, "fingerprint"));
	char fingerprint[EXCHANGE_FINGERPRINT_SIZE];
	struct exchange_card c = {0};

	if (!name || !exchange_name_valid(name))
		return bad_card(path, "a card without a valid name", err);
	c.role = role ? exchange_role_find(role) : 0;
	if (!c.role)
		return bad_card(path, "a card without a known role", err);
	if (!get_hex(j, "box", c.box, sizeof(c.box)) ||
	    !get_hex(j, "sign", c.sign, sizeof(c.sign)))
		return bad_card(path, "a card without its two keys of 64 hexadecimal digits", err);
	memcpy(c.name, name, strlen(name));
	exchange_card_fingerprint(&c, fingerprint);
	if (!pinned || strcmp(pinned, fingerprint) != 0) {
		(void)err_set(err, ERR_DENIED, "%s: the card of '%s' has not the fingerprint it "
					       "says",
		    path, c.name);
		return err_hint(err, "it was changed: get it again from its owner");
	}
	*ret = c;
	return 0;
}

int exchange_card_read(struct exchange_card *ret, const char *path, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_STR struct str text = {0};

	if (file_read(path, CARD_MAX, &text, err) < 0 ||
	    json_parse(&j, path, str_view(&text), err) < 0)
		return -1;
	return get_card(ret, j, path, err);
}

int exchange_directory_read(struct exchange_directory *ret, const char *path, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_STR struct str text = {0};
	const json_t *cards;
	const json_t *item;
	size_t i;

	if (file_read(path, DIRECTORY_MAX, &text, err) < 0 ||
	    json_parse(&j, path, str_view(&text), err) < 0)
		return -1;
	cards = json_object_get(j, "cards");
	if (!json_is_array(cards))
		return bad_card(path, "is no key directory: it has no list 'cards'", err);
	json_array_foreach(cards, i, item)
	{
		struct exchange_card c;

		if (get_card(&c, item, path, err) < 0)
			return -1;
		if (exchange_directory_find(ret, c.name))
			return bad_card(path, "two cards of one name", err);
		*vec_push(&ret->cards) = c;
	}
	return 0;
}

void exchange_directory_clear(struct exchange_directory *d)
{
	vec_clear(&d->cards);
}

struct exchange_card *exchange_directory_find(const struct exchange_directory *d, const char *name)
{
	for (size_t i = 0; i < d->cards.len; i++)
		if (strcmp(d->cards.ptr[i].name, name) == 0)
			return &d->cards.ptr[i];
	return NULL;
}

MUST_CHECK static int write_directory(const struct exchange_directory *d, const char *path,
    struct err *err)
{
	AUTO_STR struct str text = {0};
	struct json_writer w = {.out = &text, .indent = 2};

	json_begin_object(&w);
	json_key(&w, "cards");
	json_begin_array(&w);
	for (size_t i = 0; i < d->cards.len; i++)
		add_card(&w, &d->cards.ptr[i]);
	json_end_array(&w);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}

/* The same sixteen-bit groups, however they were typed. */
static bool same_fingerprint(const char *typed, const char *right)
{
	static const char separators[] = "- :";

	for (;;) {
		typed += strspn(typed, separators);
		right += strspn(right, separators);
		if (!*typed || !*right)
			return !*typed && !*right;
		if ((*typed | 0x20) != (*right | 0x20))
			return false;
		typed++;
		right++;
	}
}

static bool is_same(const struct exchange_card *known, const char *fingerprint)
{
	char mine[EXCHANGE_FINGERPRINT_SIZE];

	exchange_card_fingerprint(known, mine);
	return strcmp(mine, fingerprint) == 0;
}

int exchange_directory_pin(const char *path, const struct exchange_card *card,
    const char *fingerprint, bool replace, struct err *err)
{
	AUTO_EXCHANGE_DIRECTORY struct exchange_directory d = {0};
	char right[EXCHANGE_FINGERPRINT_SIZE];
	struct exchange_card *known;

	exchange_card_fingerprint(card, right);
	if (!same_fingerprint(fingerprint, right)) {
		(void)err_set(err, ERR_DENIED, "the card of '%s' has another fingerprint",
		    card->name);
		return err_hint(err, "ask its owner for the fingerprint on another way: by "
				     "telephone, on paper");
	}
	if (path_exists(path) && exchange_directory_read(&d, path, err) < 0)
		return -1;
	known = exchange_directory_find(&d, card->name);
	if (known && is_same(known, right))
		return 1;
	if (known && !replace) {
		(void)err_set(err, ERR_DENIED, "%s: another card of '%s' is pinned", path,
		    card->name);
		return err_hint(err, "when its owner has a new key: --replace");
	}
	if (known)
		*known = *card;
	else
		*vec_push(&d.cards) = *card;
	return write_directory(&d, path, err);
}
