/* What child catalogues send: POST, PUT and DELETE with an API key. */
#include "catalog/ingest.h"
#include "catalog/validate_report.h"
#include "portal/catalog_machine.h"
#include "portal/scope.h"

enum { TOLD = 200 }; /* findings in an answer */

/* What a key sent belongs to its organisation, or to its account where there is none. */
static char *owner_of(const struct visit *v)
{
	if (v->who.organisation)
		return str_format("organisation-%lld", (long long)v->who.organisation);
	return str_format("account-%lld", (long long)v->who.id);
}

int catalog_api_whoami(struct visit *v, struct err *err)
{
	AUTO_FREE char *owner = owner_of(v);
	AUTO_JSON json_t *body = json_pack("{s:s, s:s?, s:b}", "provider", owner, "scopes",
	    v->who.scopes, "provides",
	    ((v->roles | scope_some_roles(v)) & ROLE_HOLDER) != 0);

	return visit_json(v, body, err);
}

static json_t *list_findings(const struct catalog_ingest *i)
{
	json_t *list = json_array();

	for (size_t k = 0; k < i->verdict.findings.len && json_array_size(list) < TOLD; k++) {
		const struct catalog_finding *f = &i->verdict.findings.ptr[k];
		AUTO_STR struct str en = {0}, fr = {0};

		catalog_finding_words(&en, f, i->rules, 0);
		catalog_finding_words(&fr, f, i->rules, 1);
		json_array_append_new(list,
		    json_pack("{s:s, s:s?, s:s, s:s}", "severity",
			f->severity == CATALOG_VIOLATION ? "violation" : "warning", "property",
			f->rule == UINT32_MAX ? NULL : i->rules->rules.ptr[f->rule].name, "message",
			str_get(&en), "message_fr", str_get(&fr)));
	}
	return list;
}

static int answer(struct visit *v, const struct catalog_ingest *i, struct err *err)
{
	AUTO_JSON json_t *body = json_pack("{s:s, s:s, s:i, s:i, s:o}", "id", i->id, "state",
	    i->state, "violations", (int)i->verdict.counts[CATALOG_VIOLATION], "warnings",
	    (int)i->verdict.counts[CATALOG_WARNING], "findings", list_findings(i));
	json_t *conflicts = json_array();

	for (size_t k = 0; k < i->merge.conflicts.len; k++)
		json_array_append_new(conflicts, json_string(i->merge.conflicts.ptr[k]));
	json_object_set_new(body, "conflicts", conflicts);
	return visit_json(v, body, err);
}

static int refuse(struct visit *v, enum catalog_ingest_outcome outcome, struct err *err)
{
	if (outcome == CATALOG_INGEST_ABSENT) {
		v->r->status = 404;
		return err_set(err, ERR_USAGE, "nothing was ingested under this identifier");
	}
	v->r->status = 403;
	return err_set(err, ERR_DENIED, "this dataset is another provider's");
}

static int take(struct visit *v, struct view id, struct err *err)
{
	AUTO_FREE char *owner = owner_of(v);
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_INGEST struct catalog_ingest i = {.owner = owner,
	    .base = v->hub->conf.origin,
	    .rules = &rules,
	    .at = v->q->now,
	    .actor = v->account};
	struct view type = http_header(v->q, "Content-Type"), name = VIEW_NONE;

	(void)view_next(&type, ';', &name);
	if (!view_eq_nocase(view_trim(name), VIEW_LIT("text/turtle"))) {
		v->r->status = 415;
		return err_set(err, ERR_FORMAT, "send text/turtle");
	}
	if (catalog_rules_read(&rules, err) < 0)
		return -1;
	if (catalog_ingest_put(v->hub->store, &i, id, v->q->body, err) < 0) {
		if (err->code == ERR_FORMAT)
			v->r->status = 400;
		else if (err->code == ERR_LIMIT)
			v->r->status = 413;
		return -1;
	}
	return i.outcome == CATALOG_INGEST_DONE ? answer(v, &i, err) : refuse(v, i.outcome, err);
}

int catalog_api_ingest(struct visit *v, struct err *err)
{
	return take(v, VIEW_NONE, err);
}

int catalog_api_ingest_put(struct visit *v, struct err *err)
{
	struct view id = http_query(v->q, "originalId");

	if (id.len == 0) {
		v->r->status = 400;
		return err_set(err, ERR_FORMAT, "originalId is missing");
	}
	return take(v, id, err);
}

int catalog_api_ingest_delete(struct visit *v, struct err *err)
{
	AUTO_FREE char *owner = owner_of(v);
	AUTO_CATALOG_INGEST struct catalog_ingest i = {.owner = owner,
	    .base = v->hub->conf.origin,
	    .at = v->q->now,
	    .actor = v->account};
	AUTO_JSON json_t *body = NULL;

	if (catalog_ingest_delete(v->hub->store, &i, v->params[0], err) < 0)
		return -1;
	if (i.outcome != CATALOG_INGEST_DONE)
		return refuse(v, i.outcome, err);
	body = json_pack("{s:s, s:s}", "status", "deleted", "id", i.id);
	return visit_json(v, body, err);
}
