#include "portal/desk_fee.h"

#include "base/hash.h"
#include "desk/text.h"

struct opened {
	struct desk_dossier d;
	struct desk_tariff tariff;
	json_t *request; /* the last one that was told; NULL: none */
	struct desk_bill bill;
	bool billed;
	const struct desk_event *told;
};

static void clear(struct opened *o)
{
	desk_bill_clear(&o->bill);
	desk_tariff_clear(&o->tariff);
	desk_dossier_clear(&o->d);
	json_decref(o->request);
}

static bool is_bill(const struct desk_event *e)
{
	return strcmp(e->type, "fees_estimated") == 0 || strcmp(e->type, "fees_invoiced") == 0;
}

/* The bill of an event, when its request is kept here. */
static int read_bill(struct visit *v, struct opened *o, struct err *err)
{
	const char *hash = json_string_value(json_object_get(o->told->data, "document"));
	AUTO_STR struct str text = {0};

	if (!hash || strlen(hash) != SHA256_HEX_SIZE - 1)
		return 0;
	if (desk_text_get(v->hub->store, hash, &text, err) < 0)
		return err->code == ERR_USAGE ? 0 : -1;
	if (json_parse(&o->request, "request", str_view(&text), err) < 0 ||
	    desk_bill_make(&o->bill, &o->tariff, "request", str_view(&text), err) < 0)
		return -1;
	o->billed = true;
	return 0;
}

static int open_fees(struct visit *v, struct opened *o, struct err *err)
{
	if (desk_open_dossier(v, &o->d, err) < 0 || fee_tariff(v, &o->tariff, err) < 0)
		return -1;
	for (size_t i = 0; i < o->d.events.len; i++)
		if (is_bill(&o->d.events.ptr[i]))
			o->told = &o->d.events.ptr[i];
	return o->told ? read_bill(v, o, err) : 0;
}

/* What the person may do: estimate, or invoice once. */
static const struct desk_step *step_of(const struct visit *v, const struct opened *o,
    enum desk_role *role, enum desk_fee_stage *stage)
{
	const struct desk_step *estimate = desk_find_event(v, &o->d, "fees_estimated", role);
	struct desk_application now = desk_at(&o->d.basis, desk_today(v));

	*stage = DESK_ESTIMATE;
	if (estimate)
		return estimate;
	*stage = strcmp(desk_state(&now)->id, "withdrawn") == 0 ? DESK_WITHDRAWAL : DESK_INVOICE;
	if (desk_has_seen(&now, "fees_invoiced"))
		return NULL;
	return desk_find_event(v, &o->d, "fees_invoiced", role);
}

static void add_classes(struct visit *v, const struct opened *o)
{
	const char *chosen = json_string_value(json_object_get(o->request, "class"));
	json_t *all = json_array();

	for (int i = 0; i < DESK_CLASSES; i++) {
		struct view label = visit_text(v, desk_class_names[i]);

		json_array_append_new(all,
		    json_pack("{s:s, s:s%, s:b}", "word", desk_class_names[i], "label", label.ptr,
			label.len, "chosen",
			chosen && strcmp(chosen, desk_class_names[i]) == 0));
	}
	json_object_set_new(v->model, "classes", all);
}

static void add_holders(struct visit *v, const struct opened *o)
{
	const json_t *list = json_object_get(o->request, "holders");
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *h = json_array_get(list, i);

		str_addf(&text, "%s | %lld | %s\n",
		    json_string_value(json_object_get(h, "holder")),
		    (long long)json_integer_value(json_object_get(h, "cents")),
		    json_string_value(json_object_get(h, "reference")));
	}
	visit_set(v, "holders_written", str_view(&text));
}

static void fill(struct visit *v, const struct opened *o)
{
	enum desk_role role;
	enum desk_fee_stage stage;
	const struct desk_step *step = step_of(v, o, &role, &stage);

	visit_set(v, "ref", VIEW(o->d.ref));
	visit_set(v, "title", VIEW(o->d.title));
	json_object_set_new(v->model, "seen", json_integer((json_int_t)o->d.events.len));
	if (o->billed) {
		json_t *bill = fee_bill_model(v, &o->bill);

		json_object_set_new(bill, desk_fee_stage_names[o->bill.stage], json_true());
		json_object_set_new(v->model, "bill", bill);
	}
	json_object_set_new(v->model, "withdraws",
	    json_boolean(desk_find_event(v, &o->d, "withdrawn", &role) != NULL));
	json_object_set_new(v->model, "acts", json_boolean(step != NULL));
	json_object_set_new(v->model, "estimates", json_boolean(stage == DESK_ESTIMATE));
	if (!step)
		return;
	json_object_set_new(v->model, "components", fee_form_model(v, &o->tariff, o->request));
	add_classes(v, o);
	add_holders(v, o);
}

int fee_page(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};

	if (open_fees(v, &o, err) < 0)
		return -1;
	fill(v, &o);
	return visit_page(v, "desk-fees", err);
}

static int take(struct visit *v, struct opened *o, json_t *request, int64_t seen, struct err *err)
{
	AUTO_FREE char *text = json_dumps(request, JSON_COMPACT | JSON_SORT_KEYS);
	AUTO_FREE char *number = str_format("F-%s", o->d.ref);
	AUTO_DESK_BILL struct desk_bill bill = {0};
	struct desk_telling telling = {.text = VIEW(text)};
	AUTO_JSON json_t *data = NULL;
	const struct desk_step *step;
	enum desk_fee_stage stage;
	enum desk_role role;
	char hash[SHA256_HEX_SIZE];

	step = step_of(v, o, &role, &stage);
	if (!step)
		return err_set(err, ERR_DENIED, "this is not yours to do now");
	if (desk_bill_make(&bill, &o->tariff, "request", VIEW(text), err) < 0)
		return -1;
	hash_sha256_hex(VIEW(text), hash);
	data = json_pack("{s:I, s:s}", "amount_cents", (json_int_t)bill.total, "document", hash);
	if (stage != DESK_ESTIMATE)
		json_object_set_new(data, "number", json_string(number));
	return desk_take_step_with(v, &o->d, step, role, seen, data, &telling, err);
}

int fee_do(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_JSON json_t *request = NULL;
	AUTO_FREE char *path = NULL;
	enum desk_fee_stage stage;
	enum desk_role role;
	int64_t seen;

	if (open_fees(v, &o, err) < 0)
		return -1;
	if (!view_to_i64(http_form(v->q, "seen"), &seen))
		return err_set(err, ERR_FORMAT, "a form that is not ours");
	(void)step_of(v, &o, &role, &stage);
	request = fee_form_read(v, &o.tariff, o.d.ref, stage);
	if (take(v, &o, request, seen, err) < 0) {
		if (err->code != ERR_DENIED && err->code != ERR_FORMAT)
			return -1;
		v->r->status = err->code == ERR_DENIED ? 409 : 400;
		visit_set(v, "error", visit_said(v, err->msg));
		json_decref(o.request);
		o.request = json_incref(request);
		fill(v, &o);
		return visit_page(v, "desk-fees", err);
	}
	path = str_format("/desk/%s/fees", o.d.ref);
	visit_go(v, path);
	return 0;
}

int fee_pdf(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_DESK_DOCUMENT struct desk_document document = {0};
	AUTO_FREE char *name = NULL;
	const char *number;

	if (open_fees(v, &o, err) < 0)
		return -1;
	if (!o.billed)
		return visit_not_found(v, err);
	number = json_string_value(json_object_get(o.told->data, "number"));
	fee_document(&document, v, &o.bill, o.d.ref, o.d.title, number ? number : "",
	    desk_paris_day(o.told->at));
	if (desk_document_pdf(&document, &v->r->body, err) < 0)
		return -1;
	name = str_format("attachment; filename=\"%s-fees.pdf\"", o.d.ref);
	http_add_header(v->r, "Content-Disposition", VIEW(name));
	v->r->type = "application/pdf";
	return 0;
}

int fee_api(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_JSON json_t *body = NULL;

	if (open_fees(v, &o, err) < 0)
		return -1;
	if (!o.billed)
		return visit_not_found(v, err);
	body = fee_bill_model(v, &o.bill);
	json_object_set_new(body, "seen", json_integer((json_int_t)o.d.events.len));
	return visit_json(v, body, err);
}

/* {"seen", "request": {class, quantities, holders}} */
int fee_api_do(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_JSON json_t *body = NULL;
	AUTO_JSON json_t *answer = NULL;
	json_t *request, *seen;
	enum desk_fee_stage stage;
	enum desk_role role;
	char day[DATE_TEXT_SIZE];

	if (json_parse(&body, "body", v->q->body, err) < 0 || open_fees(v, &o, err) < 0)
		return -1;
	request = json_object_get(body, "request");
	seen = json_object_get(body, "seen");
	if (!json_is_object(request) || !json_is_integer(seen))
		return err_set(err, ERR_FORMAT,
		    "body: \"seen\" is a number, \"request\" an object");
	(void)step_of(v, &o, &role, &stage);
	json_object_set_new(request, "reference", json_string(o.d.ref));
	json_object_set_new(request, "stage", json_string(desk_fee_stage_names[stage]));
	if (!json_object_get(request, "date"))
		json_object_set_new(request, "date",
		    json_string(date_format(desk_today(v), day)));
	if (take(v, &o, request, json_integer_value(seen), err) < 0) {
		if (err->code == ERR_DENIED)
			v->r->status = 409;
		return -1;
	}
	v->r->status = 201;
	answer = json_pack("{s:s}", "ref", o.d.ref);
	return visit_json(v, answer, err);
}
