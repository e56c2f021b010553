#include "account/inside.h"

#include "base/base64.h"
#include "base/secret.h"

#include <inttypes.h>
#include <stdio.h>

void accounts_init(struct accounts *a, struct store *s, const unsigned char *key,
    struct password_cost cost)
{
	*a = (struct accounts){.store = s, .key = key, .cost = cost};
	a->gate = password_gate_new(0);
	a->refusals = account_refusals_new();
}

void accounts_clear(struct accounts *a)
{
	password_gate_free(&a->gate);
	account_refusals_free(&a->refusals);
}

void account_who_clear(struct account_who *w)
{
	vec_clear(&w->grants);
}

bool account_may(const struct account_who *w, enum role role, struct view scope)
{
	for (size_t i = 0; i < w->grants.len; i++) {
		const struct account_grant *g = &w->grants.ptr[i];

		if (g->role == role && (!*g->scope || view_eq(VIEW(g->scope), scope)))
			return true;
	}
	return false;
}

bool account_is_scope(struct view scope)
{
	static const char *const kinds[] = {"organisation/", "committee/", "dataset/",
	    "project/"};

	if (scope.len == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t head = strlen(kinds[i]);

		if (!view_starts(scope, VIEW(kinds[i])) || scope.len == head ||
		    scope.len > head + 64)
			continue;
		for (size_t j = head; j < scope.len; j++)
			if (!((scope.ptr[j] >= 'a' && scope.ptr[j] <= 'z') ||
				(scope.ptr[j] >= 'A' && scope.ptr[j] <= 'Z') ||
				(scope.ptr[j] >= '0' && scope.ptr[j] <= '9') ||
				(scope.ptr[j] && strchr("._-", scope.ptr[j]))))
				return false;
		return true;
	}
	return false;
}

bool account_is_fresh(const struct account_who *w, int64_t now)
{
	return w->factors >= 2 && now - w->fresh_at < ACCOUNT_FRESH_S * second_us;
}

int account_note(struct store_tx *tx, const struct account_act *by, const char *action,
    const char *kind, int64_t number, bool done, const char *detail, struct err *err)
{
	char object[48];
	struct audit_event e = {
	    .at = by->at,
	    .actor = by->actor,
	    .session = by->session,
	    .address = by->address,
	    .action = action,
	    .object = {object, 0},
	    .decision = done ? "done" : "refused",
	    .detail = detail ? VIEW(detail) : VIEW_NONE,
	};

	if (number > 0)
		e.object.len =
		    (size_t)snprintf(object, sizeof(object), "%s/%" PRId64, kind, number);
	return audit_add(tx, &e, err);
}

char *account_role_detail(enum role role, struct view scope)
{
	return role ? str_format("{\"role\":\"%s\",\"scope\":\"%.*s\"}", role_name(role),
			  (int)scope.len, scope.ptr ? scope.ptr : "")
	            : NULL;
}

int account_row(struct store_rows **ret, struct store_tx *tx, const char *statement,
    struct store_args args, struct err *err)
{
	return store_query(ret, tx, statement, args, err) < 0 ? -1 : store_next(*ret, err);
}

int account_grants(struct account_who *w, struct store_tx *tx, struct arena *memory,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, "account/records/person.sql:grants",
		STORE_ARGS(store_int(w->id)), err) < 0)
		return -1;
	w->roles = ROLE_PUBLIC | ROLE_APPLICANT;
	*vec_push(&w->grants) = (struct account_grant){ROLE_APPLICANT, ""};
	while ((more = store_next(rows, err)) > 0) {
		enum role role = (enum role)store_number(rows, 0);

		*vec_push(&w->grants) =
		    (struct account_grant){role, arena_strdup(memory, store_view(rows, 1))};
		/* A role for a part counts where account_may is asked about that part. */
		if (store_view(rows, 1).len == 0)
			w->roles |= role;
	}
	return more;
}

void account_token_make(struct account_token *ret, const char *prefix)
{
	unsigned char bytes[ACCOUNT_TOKEN_BYTES];
	size_t head = strlen(prefix);

	_Static_assert(ACCOUNT_TOKEN_SIZE >= 7 + BASE64URL_SIZE(ACCOUNT_TOKEN_BYTES),
	    "room for the text");
	randombytes_buf(bytes, sizeof(bytes));
	memcpy(ret->text, prefix, head);
	base64url_encode(ret->text + head, sizeof(ret->text) - head, bytes, sizeof(bytes));
	sodium_memzero(bytes, sizeof(bytes));
}

/* BLAKE2b: enough for secrets of 120 bits and more. */
struct view account_hash(unsigned char ret[ACCOUNT_HASH], struct view secret)
{
	crypto_generichash(ret, ACCOUNT_HASH, (const unsigned char *)secret.ptr, secret.len, NULL,
	    0);
	return (struct view){(const char *)ret, ACCOUNT_HASH};
}

struct view account_fold_email(struct arena *a, struct view email)
{
	struct view v = view_trim(email);
	char *text = arena_strdup(a, v);

	for (size_t i = 0; i < v.len; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] + 32);
	return (struct view){text, v.len};
}

int account_refused(struct err *err)
{
	(void)err_set(err, ERR_DENIED, "what was given is not right, or it was tried too often");
	return err_hint(err, "check it, wait a moment, and try again");
}

int account_must_wait(struct accounts *a, const struct account_act *by, const char *action,
    struct err *err)
{
	account_refusal_add(a->refusals, by, action, NULL);
	return account_refused(err);
}

static struct view row_name(char *text, size_t size, const char *kind, int64_t id)
{
	return (struct view){text, (size_t)snprintf(text, size, "%s/%" PRId64, kind, id)};
}

void account_seal(const struct accounts *a, struct str *ret, const char *kind, int64_t id,
    struct view bytes)
{
	char text[48];

	secret_seal(ret, a->key, row_name(text, sizeof(text), kind, id), bytes);
}

int account_unseal(const struct accounts *a, struct str *ret, const char *kind, int64_t id,
    struct view sealed, struct err *err)
{
	char text[48];

	return secret_unseal(ret, a->key, row_name(text, sizeof(text), kind, id), sealed, err);
}
