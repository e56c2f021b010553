#include "exchange/pseudonymise.h"
#include "exchange/token.h"

static enum exchange_class class_of_letter(struct view class)
{
	if (class.len == 0)
		return EXCHANGE_NIR_ABSENT;
	if (class.ptr[0] == EXCHANGE_NIR_FICTION)
		return EXCHANGE_NIR_FICTITIOUS;
	return strchr("vmp", class.ptr[0]) ? EXCHANGE_BY_PERSON : EXCHANGE_NIR_INVALID;
}

/* The digest of the person's own number, when it is one. */
static enum exchange_class hash_own(const struct exchange_hasher *h, const unsigned char *in,
    unsigned char *out)
{
	unsigned char token[EXCHANGE_TOKEN_BYTES];
	struct view nir = exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_OWN);
	enum exchange_class class =
	    class_of_letter(exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_OWN_CLASS));

	if (class != EXCHANGE_BY_PERSON)
		return class;
	exchange_token(h, EXCHANGE_D_PERSON, nir, token);
	exchange_row_set(EXCHANGE_TOKENS, out, EXCHANGE_F_PERSON,
	    (struct view){(const char *)token, sizeof(token)});
	return class;
}

/* The digest of insured's number, birth date and sex: 13, 8 and 1 characters. */
static enum exchange_class hash_triplet(const struct exchange_hasher *h, const unsigned char *in,
    unsigned char *out)
{
	unsigned char token[EXCHANGE_TOKEN_BYTES];
	struct view nir = exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_INSURED);
	struct view date = exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_BIRTH_DATE);
	struct view sex = exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_SEX);
	enum exchange_class class =
	    class_of_letter(exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_INSURED_CLASS));
	char text[EXCHANGE_ROW_MAX];
	size_t len = 0;

	if (class != EXCHANGE_BY_PERSON || date.len != 8 || sex.len != 1)
		return class == EXCHANGE_BY_PERSON ? EXCHANGE_NIR_ABSENT : class;
	memcpy(text, nir.ptr, nir.len);
	len += nir.len;
	memcpy(text + len, date.ptr, date.len);
	len += date.len;
	text[len++] = sex.ptr[0];
	exchange_token(h, EXCHANGE_D_TRIPLET, (struct view){text, len}, token);
	sodium_memzero(text, sizeof(text));
	exchange_row_set(EXCHANGE_TOKENS, out, EXCHANGE_F_TRIPLET,
	    (struct view){(const char *)token, sizeof(token)});
	return EXCHANGE_BY_TRIPLET;
}

static enum exchange_class hash_row(const struct exchange_hasher *h, const unsigned char *in,
    unsigned char *out)
{
	enum exchange_class own = hash_own(h, in, out);
	enum exchange_class triplet = hash_triplet(h, in, out);
	enum exchange_class class = own;
	char letter;

	if (own != EXCHANGE_BY_PERSON)
		class =
		    own == EXCHANGE_NIR_ABSENT || triplet == EXCHANGE_BY_TRIPLET ? triplet : own;
	letter = (char)class;
	exchange_row_set(EXCHANGE_TOKENS, out, EXCHANGE_F_IDACC,
	    exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_IDACC));
	exchange_row_set(EXCHANGE_TOKENS, out, EXCHANGE_F_TWIN,
	    exchange_row_get(EXCHANGE_NIR, in, EXCHANGE_F_TWIN));
	exchange_row_set(EXCHANGE_TOKENS, out, EXCHANGE_F_CLASS, (struct view){&letter, 1});
	return class;
}

MUST_CHECK static int hash_rows(const struct exchange_work *w, struct exchange_envelope *e,
    struct exchange_writer *writer, struct exchange_counts *ret, struct err *err)
{
	AUTO_EXCHANGE_HASHER struct exchange_hasher *h = NULL;
	const unsigned char *in;
	int rc;

	if (exchange_hasher_new(&h, w->project->hash, w->key->hash_key, err) < 0)
		return -1;
	while ((rc = exchange_envelope_next(e, &in, err)) > 0) {
		unsigned char row[EXCHANGE_ROW_MAX] = {0};

		ret->by_class[hash_row(h, in, row)]++;
		ret->rows++;
		progress_add(w->progress, 1);
		if (exchange_writer_put(writer, row, err) < 0)
			return -1;
	}
	return rc;
}

int exchange_hash_first(const struct exchange_work *w, const char *path, const char *out,
    struct exchange_counts *ret, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	AUTO_EXCHANGE_WRITER struct exchange_writer *writer = NULL;
	int done;

	*ret = (struct exchange_counts){0};
	if (exchange_envelope_open(&e, path, w->project, w->directory, err) < 0 ||
	    exchange_envelope_unseal(e, w->key, err) < 0)
		return -1;
	done = exchange_work_begin(w, e, out, err);
	if (done)
		return done;
	if (exchange_writer_open(&writer, out, w->project, EXCHANGE_TOKENS,
		exchange_envelope_manifest(e)->subject, w->key, w->directory, err) < 0 ||
	    hash_rows(w, e, writer, ret, err) < 0 ||
	    exchange_writer_close(&writer, NULL, err) < 0)
		return -1;
	return exchange_work_end(w, e, err);
}
