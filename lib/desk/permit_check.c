#include "desk/permit_check.h"

enum { TEXT_MAX = 20000,
	LIST_MAX = 500 };

const char *const desk_notice_names[DESK_NOTICES] = {"amendment", "extension", "suspension",
    "resumption", "revocation"};

typedef void read_item(struct json_in *in, const json_t *j);

static void read_list(struct json_in *in, const json_t *j, const char *key, size_t least,
    read_item *read)
{
	const json_t *list = json_in_list(in, j, key, least, LIST_MAX), *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		size_t mark = json_in_enter(in, "%s[%zu]", key, i);

		read(in, item);
		json_in_leave(in, mark);
	}
}

/* Art. 68(10)(a). */
static void read_data(struct json_in *in, const json_t *j)
{
	json_in_keys(in, j, "category specification format source pseudonymised");
	json_in_text(in, j, "category", TEXT_MAX, true);
	json_in_text(in, j, "specification", TEXT_MAX, true);
	json_in_text(in, j, "format", TEXT_MAX, true);
	json_in_text(in, j, "source", TEXT_MAX, true);
	if (!json_is_boolean(json_object_get(j, "pseudonymised")))
		json_in_fail(in, "pseudonymised must be true or false");
}

/* (c): whether an exception to the opt-out was applied, and why. */
static void read_exception(struct json_in *in, const json_t *j)
{
	const json_t *v = json_object_get(j, "exception");
	size_t mark = json_in_enter(in, "exception");

	json_in_keys(in, v, "applied reason");
	if (!json_is_boolean(json_object_get(v, "applied")))
		json_in_fail(in, "applied must be true or false");
	json_in_text(in, v, "reason", TEXT_MAX, json_in_bool(in, v, "applied"));
	json_in_leave(in, mark);
}

/* (d) */
static void read_person(struct json_in *in, const json_t *j)
{
	json_in_keys(in, j, "name function organisation lead");
	json_in_text(in, j, "name", TEXT_MAX, true);
	json_in_text(in, j, "function", TEXT_MAX, false);
	json_in_text(in, j, "organisation", TEXT_MAX, false);
	json_in_bool(in, j, "lead");
}

static void check_leads(struct json_in *in, const json_t *persons)
{
	const json_t *p;
	size_t i, leads = 0;

	json_array_foreach(persons, i, p)
	{
		leads += json_is_true(json_object_get(p, "lead"));
	}
	if (leads != 1)
		json_in_fail(in, "persons: one of them must be the lead");
}

/* (f) */
static void read_environment(struct json_in *in, const json_t *j)
{
	const json_t *v = json_object_get(j, "environment");
	size_t mark = json_in_enter(in, "environment");

	json_in_keys(in, v, "characteristics tools");
	json_in_text(in, v, "characteristics", TEXT_MAX, true);
	json_in_texts(in, v, "tools", 1, LIST_MAX, TEXT_MAX);
	json_in_leave(in, mark);
}

/* (g) */
static void read_fees(struct json_in *in, const json_t *j)
{
	const json_t *v = json_object_get(j, "fees");
	size_t mark = json_in_enter(in, "fees");

	json_in_keys(in, v, "cents currency");
	json_in_int(in, v, "cents", 0, INT64_C(1000000000000), -1);
	json_in_text(in, v, "currency", 3, true);
	json_in_leave(in, mark);
}

/* CNIL, CESREES and others; tacit: what silence has decided. */
static void read_authorisation(struct json_in *in, const json_t *j)
{
	json_in_keys(in, j, "authority reference date tacit");
	json_in_text(in, j, "authority", TEXT_MAX, true);
	json_in_text(in, j, "reference", TEXT_MAX, true);
	json_in_day(in, j, "date", true);
	json_in_bool(in, j, "tacit");
}

static void check_duration(struct json_in *in, const struct desk_permit_facts *f)
{
	if (in->failed)
		return;
	if (f->to < f->from)
		json_in_fail(in, "ends before it begins");
	else if (f->ehds && f->to >= date_add_years(f->from, DESK_PERMIT_YEARS))
		json_in_fail(in, "lasts more than %d years (Art. 68(12))", DESK_PERMIT_YEARS);
}

/* Points that the regulation asks for and French law leaves to the decision. */
static void read_rest(struct json_in *in, const json_t *j, bool ehds)
{
	if (ehds || json_object_get(j, "exception"))
		read_exception(in, j);
	if (ehds || json_object_get(j, "environment"))
		read_environment(in, j);
	if (ehds || json_object_get(j, "fees"))
		read_fees(in, j);
	if (ehds && !json_object_get(j, "conditions"))
		json_in_fail(in, "conditions is missing: [] when there are none");
	json_in_texts(in, j, "conditions", 0, LIST_MAX, TEXT_MAX);
	read_list(in, j, "authorisations", ehds ? 0 : 1, read_authorisation);
}

void desk_permit_read(struct json_in *in, const json_t *j, struct desk_permit_facts *ret)
{
	static const char *const formats[] = {"hygie-permit-1"};
	static const char *const bases[] = {"ehds", "french"};
	int basis;

	json_in_keys(in, j, "format permit application basis authority user issued from to data "
			    "purpose exception persons environment fees conditions authorisations");
	json_in_choice(in, j, "format", formats, 1, -1);
	ret->id = json_in_text(in, j, "permit", 100, true);
	ret->application = json_in_text(in, j, "application", 100, true);
	basis = json_in_choice(in, j, "basis", bases, ARRAY_LEN(bases), -1);
	ret->basis = bases[basis];
	ret->ehds = basis == 0;
	json_in_text(in, j, "authority", TEXT_MAX, true);
	json_in_text(in, j, "user", TEXT_MAX, true);
	ret->issued = json_in_day(in, j, "issued", true);
	ret->from = json_in_day(in, j, "from", true);
	ret->to = json_in_day(in, j, "to", true);
	check_duration(in, ret);
	read_list(in, j, "data", 1, read_data);
	json_in_text(in, j, "purpose", TEXT_MAX, true);
	read_list(in, j, "persons", 1, read_person);
	check_leads(in, json_object_get(j, "persons"));
	read_rest(in, j, ret->ehds);
}

void desk_notice_read(struct json_in *in, const json_t *j, bool chained,
    struct desk_notice *ret)
{
	static const char *const formats[] = {"hygie-notice-1"};
	bool extends, amends;

	json_in_keys(in, j,
	    chained ? "format permit kind at reason to requested changes previous"
		    : "format permit kind at reason to requested changes");
	json_in_choice(in, j, "format", formats, 1, -1);
	ret->permit = json_in_text(in, j, "permit", 100, true);
	ret->kind = (enum desk_notice_kind)json_in_choice(in, j, "kind", desk_notice_names,
	    DESK_NOTICES, -1);
	extends = ret->kind == DESK_EXTENSION;
	amends = ret->kind == DESK_AMENDMENT;
	ret->at = json_in_day(in, j, "at", true);
	json_in_text(in, j, "reason", TEXT_MAX, true);
	ret->to = json_in_day(in, j, "to", extends);
	ret->requested = json_in_day(in, j, "requested", extends);
	ret->changes = json_object_get(j, "changes");
	ret->previous = json_in_text(in, j, "previous", 64, chained);
	if (!extends && (ret->to != DATE_NONE || ret->requested != DATE_NONE))
		json_in_fail(in, "only an extension has to and requested");
	if (amends != json_is_object(ret->changes))
		json_in_fail(in, "an amendment, and nothing else, has changes");
	else if (amends)
		json_in_keys(in, ret->changes,
		    "data purpose exception persons environment fees conditions authorisations");
}
