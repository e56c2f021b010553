/* Anybody checks a permit: pasted, sent as a file, or with the key at home. */
#include "portal/desk_permit.h"
#include "portal/entry.h"

#include "base/base64.h"
#include "hub/keys.h"
#include "io/file.h"

static int public_key(const struct visit *v, struct note_key *ret, struct err *err)
{
	AUTO_FREE char *path = hub_path(v->hub, "keys/permit.pub");

	return hub_public_key_read(ret, path, err);
}

static struct view upload_of(const struct visit *v, const char *field)
{
	for (size_t i = 0; i < v->q->uploads.len; i++)
		if (view_eq(v->q->uploads.ptr[i].field, VIEW(field)) &&
		    v->q->uploads.ptr[i].bytes.len > 0)
			return v->q->uploads.ptr[i].bytes;
	return VIEW_NONE;
}

/* Browsers send lines that end with CR LF, and lose the last one. */
static void tidy(struct view text, struct str *out)
{
	text = view_trim(text);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\r')
			str_addc(out, text.ptr[i]);
	if (out->len > 0)
		str_addc(out, '\n');
}

/* The hub's own notices count, when it knows the permit: nobody can leave one out. */
static int judge(struct visit *v, struct view permit, struct view notices,
    struct desk_verdict *ret, bool *ret_known, struct err *err)
{
	AUTO_DESK_KEPT_PERMIT struct desk_kept_permit kept = {0};
	AUTO_DESK_VERDICT struct desk_verdict first = {0};
	struct note_key key;

	*ret_known = false;
	if (public_key(v, &key, err) < 0 ||
	    desk_permit_verify(&first, permit, notices, &key, desk_today(v), err) < 0)
		return -1;
	if (first.state != DESK_PERMIT_FORGED &&
	    desk_permit_find(v->hub->store, VIEW(first.id), &kept, ret_known, err) < 0)
		return -1;
	*ret_known = *ret_known && view_eq(str_view(&kept.permit), permit);
	return desk_permit_verify(ret, permit, *ret_known ? str_view(&kept.notices) : notices, &key,
	    desk_today(v), err);
}

int verify_page(struct visit *v, struct err *err)
{
	entry_open_form(v);
	visit_set(v, "csrf", VIEW(v->csrf));
	return visit_page(v, "verify", err);
}

static void fill(struct visit *v, const struct desk_verdict *verdict, bool known)
{
	struct view fault = visit_text(v, verdict->fault);

	json_object_set_new(v->model, "verdict", permit_verdict_model(v, verdict));
	json_object_set_new(v->model, "known", json_boolean(known));
	json_object_set_new(v->model, "forged",
	    json_boolean(verdict->state == DESK_PERMIT_FORGED));
	visit_set(v, "fault", fault);
	if (verdict->permit)
		json_object_set_new(v->model, "lines", permit_lines(v, verdict->permit));
}

int verify_do(struct visit *v, struct err *err)
{
	AUTO_DESK_VERDICT struct desk_verdict verdict = {0};
	AUTO_STR struct str permit = {0};
	AUTO_STR struct str notices = {0};
	struct view file = upload_of(v, "file");
	bool known;

	entry_open_form(v);
	visit_set(v, "csrf", VIEW(v->csrf));
	if (file.len > DESK_PERMIT_MAX || http_form(v->q, "permit").len > DESK_PERMIT_MAX)
		return err_set(err, ERR_LIMIT, "the text is too long for a permit");
	tidy(file.ptr ? file : http_form(v->q, "permit"), &permit);
	tidy(http_form(v->q, "notices"), &notices);
	visit_set(v, "written", str_view(&permit));
	if (judge(v, str_view(&permit), str_view(&notices), &verdict, &known, err) < 0) {
		if (err->code != ERR_FORMAT)
			return -1;
		v->r->status = 400;
		json_object_set_new(v->model, "unreadable", json_true());
		return visit_page(v, "verify", err);
	}
	fill(v, &verdict, known);
	return visit_page(v, "verify", err);
}

int verify_api(struct visit *v, struct err *err)
{
	AUTO_DESK_VERDICT struct desk_verdict verdict = {0};
	AUTO_JSON json_t *body = NULL;
	AUTO_JSON json_t *answer = NULL;
	const char *permit, *notices;
	bool known;

	if (json_parse(&body, "body", v->q->body, err) < 0)
		return -1;
	permit = json_string_value(json_object_get(body, "permit"));
	notices = json_string_value(json_object_get(body, "notices"));
	if (!permit)
		return err_set(err, ERR_FORMAT, "body: \"permit\" must be the signed text");
	if (judge(v, VIEW(permit), notices ? VIEW(notices) : VIEW_NONE, &verdict, &known, err) < 0)
		return -1;
	answer = permit_verdict_model(v, &verdict);
	json_object_set_new(answer, "known", json_boolean(known));
	return visit_json(v, answer, err);
}

int permit_key_file(struct visit *v, struct err *err)
{
	AUTO_FREE char *path = hub_path(v->hub, "keys/permit.pub");

	v->r->type = "text/plain; charset=utf-8";
	return file_read(path, 4096, &v->r->body, err);
}

/* RFC 7517 and 8037: the same key for programs. */
int permit_jwks(struct visit *v, struct err *err)
{
	char x[BASE64URL_SIZE(crypto_sign_PUBLICKEYBYTES)];
	AUTO_JSON json_t *set = NULL;
	struct note_key key;

	if (public_key(v, &key, err) < 0)
		return -1;
	base64url_encode(x, sizeof(x), key.public_key, sizeof(key.public_key));
	set = json_pack("{s:[{s:s, s:s, s:s, s:s, s:s}]}", "keys", "kty", "OKP", "crv", "Ed25519",
	    "use", "sig", "kid", desk_permit_signer(v->hub, &v->q->memory), "x", x);
	return visit_json(v, set, err);
}
