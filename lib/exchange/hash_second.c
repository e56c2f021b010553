/*
 * Three readings: how many rows have no own NIR; their triplets, sorted, and
 * the persons that rows with both lead to; then the pseudonyms. The triplets
 * are kept as the first 64 bits of a keyed digest: two of ten million are equal
 * by chance once in 400 000 projects.
 */
#include "base/hash.h"
#include "exchange/bytes.h"
#include "exchange/pseudonymise.h"
#include "exchange/token.h"

#include <stdlib.h>

enum {
	SECOND_BYTES = 16, /* of a digest by the second key that is kept */
	LINKS_MAX = 2000000000,
};

/* What a triplet without an own NIR is known to belong to. */
enum { NOBODY = 0,
	SEVERAL = UINT32_MAX };

struct person_id {
	unsigned char bytes[SECOND_BYTES];
};

struct second {
	const struct exchange_work *work;
	struct exchange_hasher *hasher;
	struct exchange_chain *chain;
	VEC(struct exchange_envelope *) inputs; /* in the order of the project's centres */
	VEC(uint64_t) triplets;                 /* sorted, each once */
	uint32_t *owner;                        /* of each: NOBODY, SEVERAL, or 1 + its person */
	VEC(struct person_id) persons;
	VEC(uint64_t) seen; /* of each pseudonym, to count the different ones */
};

static bool is_empty(const unsigned char *token)
{
	return sodium_is_zero(token, EXCHANGE_TOKEN_BYTES);
}

static const unsigned char *token_of(const unsigned char *row, enum exchange_field field)
{
	return exchange_row_bytes(EXCHANGE_TOKENS, row, field);
}

static struct person_id hash_again(const struct second *s, enum exchange_domain domain,
    const unsigned char *token)
{
	unsigned char out[EXCHANGE_TOKEN_BYTES];
	struct person_id id;
	size_t len = s->work->project->hash == EXCHANGE_SHA1_2020 ? (size_t)EXCHANGE_SHA1_BYTES
	                                                          : (size_t)EXCHANGE_TOKEN_BYTES;

	exchange_token(s->hasher, domain, (struct view){(const char *)token, len}, out);
	memcpy(id.bytes, out, sizeof(id.bytes));
	return id;
}

typedef int row_fn(struct second *s, const unsigned char *row, const char *centre, void *ctx,
    struct err *err);

/* `fn` on every row of every input. */
MUST_CHECK static int for_rows(struct second *s, row_fn *fn, void *ctx, struct err *err)
{
	for (size_t i = 0; i < s->inputs.len; i++) {
		struct exchange_envelope *e = s->inputs.ptr[i];
		const char *centre = exchange_envelope_manifest(e)->subject;
		const unsigned char *row;
		int rc;

		if (exchange_envelope_unseal(e, s->work->key, err) < 0)
			return -1;
		while ((rc = exchange_envelope_next(e, &row, err)) > 0)
			if (fn(s, row, centre, ctx, err) < 0)
				return -1;
		if (rc < 0)
			return -1;
		exchange_envelope_seal(e);
	}
	return 0;
}

static bool needs_owner(const unsigned char *row)
{
	return is_empty(token_of(row, EXCHANGE_F_PERSON)) &&
	       !is_empty(token_of(row, EXCHANGE_F_TRIPLET));
}

static int count_row(struct second *s, const unsigned char *row, const char *centre, void *ctx,
    struct err *err)
{
	uint64_t *count = ctx;

	(void)s;
	(void)centre;
	*count += needs_owner(row);
	if (*count > LINKS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d rows without an own NIR",
		    (int)LINKS_MAX);
	return 0;
}

static int collect_row(struct second *s, const unsigned char *row, const char *centre, void *ctx,
    struct err *err)
{
	(void)centre;
	(void)ctx;
	(void)err;
	if (needs_owner(row))
		*vec_push(&s->triplets) = exchange_get_u64(token_of(row, EXCHANGE_F_TRIPLET));
	return 0;
}

static int compare_u64(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa;
	uint64_t b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

static size_t sort_unique(uint64_t *v, size_t len)
{
	size_t kept = 0;

	if (len)
		qsort(v, len, sizeof(*v), compare_u64);
	for (size_t i = 0; i < len; i++)
		if (i == 0 || v[i] != v[i - 1])
			v[kept++] = v[i];
	return kept;
}

static uint32_t *owner_of(const struct second *s, const unsigned char *row)
{
	uint64_t key = exchange_get_u64(token_of(row, EXCHANGE_F_TRIPLET));
	const uint64_t *at = s->triplets.len ? bsearch(&key, s->triplets.ptr, s->triplets.len,
						   sizeof(key), compare_u64)
	                                     : NULL;

	return at ? &s->owner[at - s->triplets.ptr] : NULL;
}

static int link_row(struct second *s, const unsigned char *row, const char *centre, void *ctx,
    struct err *err)
{
	uint32_t *owner;
	struct person_id id;

	(void)centre;
	(void)ctx;
	(void)err;
	if (is_empty(token_of(row, EXCHANGE_F_PERSON)) ||
	    is_empty(token_of(row, EXCHANGE_F_TRIPLET)))
		return 0;
	owner = owner_of(s, row);
	if (!owner || *owner == SEVERAL)
		return 0;
	id = hash_again(s, EXCHANGE_D_PERSON_2, token_of(row, EXCHANGE_F_PERSON));
	if (*owner == NOBODY) {
		*vec_push(&s->persons) = id;
		*owner = (uint32_t)s->persons.len;
	} else if (memcmp(&s->persons.ptr[*owner - 1], &id, sizeof(id)) != 0) {
		*owner = SEVERAL;
	}
	return 0;
}

/* Which rows without an own NIR belong to whom. */
MUST_CHECK static int link_triplets(struct second *s, struct err *err)
{
	uint64_t count = 0;

	if (for_rows(s, count_row, &count, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	vec_reserve(&s->triplets, (size_t)count);
	if (for_rows(s, collect_row, NULL, err) < 0)
		return -1;
	s->triplets.len = sort_unique(s->triplets.ptr, s->triplets.len);
	s->owner = mem_zalloc(s->triplets.len, sizeof(*s->owner));
	return for_rows(s, link_row, NULL, err);
}

/* 'P' and the person's digest, or 'T', the triplet's and the rank of a twin. */
struct told {
	char text[1 + SECOND_BYTES + 1];
	size_t len;
	enum exchange_class class;
};

static struct told told_by(char kind, struct person_id id, enum exchange_class class)
{
	struct told t = {.len = 1 + SECOND_BYTES, .class = class};

	t.text[0] = kind;
	memcpy(t.text + 1, id.bytes, SECOND_BYTES);
	return t;
}

static struct told tell(const struct second *s, const unsigned char *row)
{
	const unsigned char *person = token_of(row, EXCHANGE_F_PERSON);
	const unsigned char *triplet = token_of(row, EXCHANGE_F_TRIPLET);
	struct view rank = exchange_row_get(EXCHANGE_TOKENS, row, EXCHANGE_F_TWIN);
	struct view class = exchange_row_get(EXCHANGE_TOKENS, row, EXCHANGE_F_CLASS);
	const uint32_t *owner;
	struct told t;

	if (!is_empty(person))
		return told_by('P', hash_again(s, EXCHANGE_D_PERSON_2, person), EXCHANGE_BY_PERSON);
	if (is_empty(triplet))
		return (struct told){.class = class.len ? (enum exchange_class) class.ptr[0]
		                                        : EXCHANGE_NIR_ABSENT};
	owner = owner_of(s, row);
	if (!rank.len && owner && *owner != NOBODY && *owner != SEVERAL)
		return told_by('P', s->persons.ptr[*owner - 1], EXCHANGE_BY_JOIN);
	t = told_by('T', hash_again(s, EXCHANGE_D_TRIPLET_2, triplet),
	    rank.len                     ? EXCHANGE_BY_TWIN
	    : owner && *owner == SEVERAL ? EXCHANGE_TWINS
					 : EXCHANGE_BY_TRIPLET);
	if (rank.len)
		t.text[t.len++] = rank.ptr[0];
	return t;
}

struct output {
	struct exchange_writer *writer;
	struct exchange_counts *counts;
};

static int write_row(struct second *s, const unsigned char *row, const char *centre, void *ctx,
    struct err *err)
{
	struct output *o = ctx;
	unsigned char out[EXCHANGE_ROW_MAX] = {0};
	char pseudonym[EXCHANGE_PSEUDONYM_SIZE] = "";
	struct told t = tell(s, row);
	char letter = (char)t.class;

	if (t.len) {
		exchange_pseudonym(s->chain, (struct view){t.text, t.len}, pseudonym);
		*vec_push(&s->seen) = hash_xxh3(VIEW(pseudonym));
	}
	o->counts->rows++;
	o->counts->by_class[(unsigned char)letter]++;
	progress_add(s->work->progress, 1);
	exchange_row_set(EXCHANGE_RESULT, out, EXCHANGE_F_CENTRE, VIEW(centre));
	exchange_row_set(EXCHANGE_RESULT, out, EXCHANGE_F_IDACC,
	    exchange_row_get(EXCHANGE_TOKENS, row, EXCHANGE_F_IDACC));
	exchange_row_set(EXCHANGE_RESULT, out, EXCHANGE_F_PSEUDONYM, VIEW(pseudonym));
	exchange_row_set(EXCHANGE_RESULT, out, EXCHANGE_F_CLASS, (struct view){&letter, 1});
	return exchange_writer_put(o->writer, out, err);
}

/* The input of `centre` among `all`, moved to s->inputs. */
MUST_CHECK static int take_input(struct second *s, struct exchange_envelope **all, size_t count,
    const char *centre, struct err *err)
{
	size_t before = s->inputs.len;

	for (size_t i = 0; i < count; i++) {
		if (!all[i] || strcmp(exchange_envelope_manifest(all[i])->subject, centre) != 0)
			continue;
		if (s->inputs.len > before)
			return err_set(err, ERR_DENIED, "project %s: two envelopes of centre %s",
			    s->work->project->name, centre);
		*vec_push(&s->inputs) = TAKE(all[i]);
	}
	if (s->inputs.len > before)
		return 0;
	return err_set(err, ERR_DENIED, "project %s: the envelope of centre %s is missing",
	    s->work->project->name, centre);
}

MUST_CHECK static int open_inputs(struct second *s, struct exchange_envelope **all,
    const char *const *paths, size_t count, struct err *err)
{
	const struct exchange_work *w = s->work;

	for (size_t i = 0; i < count; i++) {
		if (exchange_envelope_open(&all[i], paths[i], w->project, w->directory, err) < 0 ||
		    exchange_envelope_unseal(all[i], w->key, err) < 0)
			return -1;
		exchange_envelope_seal(all[i]);
	}
	for (size_t i = 0; i < w->project->centres.len; i++)
		if (take_input(s, all, count, w->project->centres.ptr[i].name, err) < 0)
			return -1;
	return 0;
}

MUST_CHECK static int write_result(struct second *s, const char *out,
    struct exchange_counts *ret, struct err *err)
{
	const struct exchange_work *w = s->work;
	AUTO_EXCHANGE_WRITER struct exchange_writer *writer = NULL;
	struct output o = {.counts = ret};
	uint64_t rows = 0;

	for (size_t i = 0; i < s->inputs.len; i++)
		rows += exchange_envelope_manifest(s->inputs.ptr[i])->count;
	vec_reserve(&s->seen, (size_t)rows + 1);
	if (exchange_writer_open(&writer, out, w->project, EXCHANGE_RESULT,
		w->project->controller, w->key, w->directory, err) < 0)
		return -1;
	o.writer = writer;
	if (for_rows(s, write_row, &o, err) < 0 || exchange_writer_close(&writer, NULL, err) < 0)
		return -1;
	ret->persons = sort_unique(s->seen.ptr, s->seen.len);
	return 0;
}

static void second_clear(struct second *s)
{
	for (size_t i = 0; i < s->inputs.len; i++)
		exchange_envelope_close(&s->inputs.ptr[i]);
	vec_clear(&s->inputs);
	vec_clear(&s->triplets);
	vec_clear(&s->persons);
	vec_clear(&s->seen);
	free(s->owner);
	exchange_hasher_free(&s->hasher);
	exchange_chain_free(&s->chain);
}

MUST_CHECK static int run(struct second *s, const char *out, struct exchange_counts *ret,
    struct err *err)
{
	const struct exchange_work *w = s->work;
	size_t done = 0;

	for (size_t i = 0; i < s->inputs.len; i++) {
		int rc = exchange_work_begin(w, s->inputs.ptr[i], out, err);

		if (rc < 0)
			return -1;
		done += (size_t)rc;
	}
	if (done == s->inputs.len)
		return 1;
	if (exchange_hasher_new(&s->hasher, w->project->hash, w->key->hash_key, err) < 0 ||
	    exchange_chain_new(&s->chain, w->key, w->project, err) < 0 ||
	    link_triplets(s, err) < 0 || write_result(s, out, ret, err) < 0)
		return -1;
	for (size_t i = 0; i < s->inputs.len; i++)
		if (exchange_work_end(w, s->inputs.ptr[i], err) < 0)
			return -1;
	return 0;
}

int exchange_hash_second(const struct exchange_work *w, const char *const *paths, size_t count,
    const char *out, struct exchange_counts *ret, struct err *err)
{
	struct exchange_envelope **all = mem_zalloc(count + 1, sizeof(*all));
	struct second s = {.work = w};
	int rc;

	*ret = (struct exchange_counts){0};
	rc = open_inputs(&s, all, paths, count, err);
	if (rc == 0)
		rc = run(&s, out, ret, err);
	for (size_t i = 0; i < count; i++)
		exchange_envelope_close(&all[i]);
	free(all);
	second_clear(&s);
	return rc;
}
