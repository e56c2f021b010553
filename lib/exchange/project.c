/*
 * The circuits of the CNIL's guide (December 2020):
 *
 *   direct (RT)          controller ─nir─► custodian 1 ─tokens─► custodian 2 ─result─► controller
 *   single-centre (CU)   the centre ─nir─► ...
 *   multi-centre (MC)    centres ─nir─► all at once ...
 *   reconstruction (RN)  depositor ─traits─► identity ─nir─► ...
 *   MC+RN                centres ─nir or traits─► all at once; traits ─► identity ─nir─► ...
 *
 * Everything passes through the exchange, sealed. The guide lets the third
 * party that centralises remove duplicates; here nobody who could do it before
 * the hash sees the numbers, so the second custodian does it behind the hash.
 */
#include "exchange/project.h"

#include "io/file.h"
#include "io/json.h"

enum { PROJECT_MAX = 4 << 20 };

static bool has_identity(const struct exchange_project *p)
{
	return p->circuit == EXCHANGE_RECONSTRUCTION ||
	       p->circuit == EXCHANGE_MULTI_RECONSTRUCTION;
}

static bool has_many(const struct exchange_project *p)
{
	return p->circuit == EXCHANGE_MULTI || p->circuit == EXCHANGE_MULTI_RECONSTRUCTION;
}

static int bad(const char *path, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s", path, what);
}

static bool copy_name(char *ret, const json_t *name)
{
	const char *text = json_string_value(name);

	if (!text || !exchange_name_valid(text))
		return false;
	memcpy(ret, text, strlen(text) + 1);
	return true;
}

MUST_CHECK static int read_centres(struct exchange_project *p, const json_t *list,
    const char *path, struct err *err)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) == 0)
		return bad(path, "'centres' must be a list of who deposits", err);
	if (json_array_size(list) > EXCHANGE_CENTRES_MAX)
		return bad(path, "'centres' has more than 2000 entries", err);
	json_array_foreach(list, i, item)
	{
		const char *kind = json_string_value(json_object_get(item, "deposits"));
		struct exchange_centre c = {.deposits = EXCHANGE_NIR};

		if (!copy_name(c.name, json_object_get(item, "name")))
			return bad(path, "a centre without a valid name", err);
		if (kind)
			c.deposits = exchange_step_find(kind);
		if (c.deposits != EXCHANGE_NIR && c.deposits != EXCHANGE_TRAITS)
			return bad(path, "'deposits' of a centre is neither nir nor traits", err);
		if (exchange_project_centre(p, c.name))
			return bad(path, "a centre stands there twice", err);
		*vec_push(&p->centres) = c;
	}
	return 0;
}

MUST_CHECK static int read_hash(struct exchange_project *p, const json_t *j, const char *path,
    struct err *err)
{
	const json_t *hash = json_object_get(j, "hash");
	const json_t *epoch = json_object_get(j, "epoch");
	const char *name = hash ? json_string_value(hash) : "hmac-sha256";

	if (name && strcmp(name, "sha1-2020") == 0)
		p->hash = EXCHANGE_SHA1_2020;
	else if (!name || strcmp(name, "hmac-sha256") != 0)
		return bad(path, "'hash' is neither hmac-sha256 nor sha1-2020", err);
	if (epoch && !json_is_integer(epoch))
		return bad(path, "'epoch' is no whole number", err);
	p->epoch = json_integer_value(epoch);
	if (p->epoch < 0 || p->epoch > EXCHANGE_EPOCHS_MAX)
		return bad(path, "'epoch' is not within 0 to 1000", err);
	return 0;
}

MUST_CHECK static int read_actors(struct exchange_project *p, const json_t *j, const char *path,
    struct err *err)
{
	const json_t *custodians = json_object_get(j, "custodians");
	const char *circuit = json_string_value(json_object_get(j, "circuit"));

	if (!copy_name(p->name, json_object_get(j, "project")))
		return bad(path, "'project' is no valid name", err);
	p->circuit = circuit ? exchange_circuit_find(circuit) : 0;
	if (!p->circuit)
		return bad(path, "'circuit' is none of direct, single-centre, multi-centre, "
				 "reconstruction, multi-centre-reconstruction",
		    err);
	if (!copy_name(p->controller, json_object_get(j, "controller")))
		return bad(path, "'controller' is no valid name", err);
	if (has_identity(p) && !copy_name(p->identity, json_object_get(j, "identity")))
		return bad(path, "'identity' is no valid name", err);
	if (json_array_size(custodians) != 2 ||
	    !copy_name(p->custodians[0], json_array_get(custodians, 0)) ||
	    !copy_name(p->custodians[1], json_array_get(custodians, 1)))
		return bad(path, "'custodians' must be two valid names", err);
	return 0;
}

static int forbid(const char *path, const struct exchange_project *p, const char *what,
    struct err *err)
{
	return err_set(err, ERR_DENIED, "%s: the circuit %s forbids %s", path,
	    exchange_circuit_name(p->circuit), what);
}

/* The third parties are legally and economically independent of all others. */
MUST_CHECK static int check_third_parties(const struct exchange_project *p, const char *path,
    struct err *err)
{
	const char *const third[] = {p->custodians[0], p->custodians[1], p->identity};

	if (strcmp(p->custodians[0], p->custodians[1]) == 0)
		return forbid(path, p, "one custodian to hold both keys", err);
	for (size_t i = 0; i < ARRAY_LEN(third); i++) {
		if (!third[i][0])
			continue;
		if (strcmp(third[i], p->controller) == 0 || exchange_project_centre(p, third[i]))
			return forbid(path, p, "a controller or centre to be a third party", err);
		if (i == 2 && (strcmp(third[2], third[0]) == 0 || strcmp(third[2], third[1]) == 0))
			return forbid(path, p, "the identity service to hold a key", err);
	}
	return 0;
}

MUST_CHECK static int check_circuit(const struct exchange_project *p, const json_t *j,
    const char *path, struct err *err)
{
	bool controller_deposits = exchange_project_centre(p, p->controller) != NULL;

	if (!has_identity(p) && json_object_get(j, "identity"))
		return forbid(path, p, "an identity service", err);
	if (!has_many(p) && p->centres.len != 1)
		return forbid(path, p, "more than one depositor", err);
	if (p->circuit == EXCHANGE_DIRECT && !controller_deposits)
		return forbid(path, p, "another depositor than the controller", err);
	if (controller_deposits && p->circuit != EXCHANGE_DIRECT &&
	    p->circuit != EXCHANGE_RECONSTRUCTION)
		return forbid(path, p, "the controller to deposit", err);
	for (size_t i = 0; i < p->centres.len; i++) {
		bool traits = p->centres.ptr[i].deposits == EXCHANGE_TRAITS;

		if (traits && !has_identity(p))
			return forbid(path, p, "deposits of traits", err);
		if (!traits && p->circuit == EXCHANGE_RECONSTRUCTION)
			return forbid(path, p, "deposits of the NIR", err);
	}
	return check_third_parties(p, path, err);
}

int exchange_project_read(struct exchange_project *ret, const char *path, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	AUTO_STR struct str text = {0};
	AUTO_EXCHANGE_PROJECT struct exchange_project p = {0};

	if (file_read(path, PROJECT_MAX, &text, err) < 0 ||
	    json_parse(&j, path, str_view(&text), err) < 0 || read_actors(&p, j, path, err) < 0 ||
	    read_centres(&p, json_object_get(j, "centres"), path, err) < 0 ||
	    read_hash(&p, j, path, err) < 0 || check_circuit(&p, j, path, err) < 0)
		return -1;
	*ret = p;
	p = (struct exchange_project){0};
	return 0;
}

void exchange_project_clear(struct exchange_project *p)
{
	vec_clear(&p->centres);
}

const struct exchange_centre *exchange_project_centre(const struct exchange_project *p,
    const char *name)
{
	for (size_t i = 0; i < p->centres.len; i++)
		if (strcmp(p->centres.ptr[i].name, name) == 0)
			return &p->centres.ptr[i];
	return NULL;
}

static int no_way(const struct exchange_project *p, enum exchange_step step, const char *why,
    struct err *err)
{
	return err_set(err, ERR_DENIED, "project %s: the circuit %s forbids the step '%s'%s%s",
	    p->name, exchange_circuit_name(p->circuit), exchange_step_name(step),
	    why[0] ? " " : "", why);
}

static enum exchange_role depositor_role(const struct exchange_project *p, const char *name)
{
	return strcmp(name, p->controller) == 0 ? EXCHANGE_CONTROLLER : EXCHANGE_CENTRE;
}

/* The steps that carry a centre's persons, up to the second custodian. */
MUST_CHECK static int route_of_centre(struct exchange_route *ret, const struct exchange_project *p,
    enum exchange_step step, const struct exchange_centre *c, struct err *err)
{
	bool traits = c->deposits == EXCHANGE_TRAITS;
	enum exchange_role depositor = depositor_role(p, c->name);

	if ((step == EXCHANGE_TRAITS || step == EXCHANGE_OUTCOMES) && !traits)
		return no_way(p, step, "of a depositor of the NIR", err);
	if (step == EXCHANGE_TRAITS)
		*ret = (struct exchange_route){
		    c->name, depositor, p->identity, EXCHANGE_IDENTITY};
	else if (step == EXCHANGE_OUTCOMES)
		*ret = (struct exchange_route){
		    p->identity, EXCHANGE_IDENTITY, p->controller, EXCHANGE_CONTROLLER};
	else if (step == EXCHANGE_TOKENS)
		*ret = (struct exchange_route){p->custodians[0], EXCHANGE_CUSTODIAN,
		    p->custodians[1], EXCHANGE_CUSTODIAN};
	else if (traits)
		*ret = (struct exchange_route){
		    p->identity, EXCHANGE_IDENTITY, p->custodians[0], EXCHANGE_CUSTODIAN};
	else
		*ret = (struct exchange_route){
		    c->name, depositor, p->custodians[0], EXCHANGE_CUSTODIAN};
	return 0;
}

int exchange_route(struct exchange_route *ret, const struct exchange_project *p,
    enum exchange_step step, const char *subject, struct err *err)
{
	const struct exchange_centre *c = exchange_project_centre(p, subject);
	const struct exchange_route answer = {
	    p->custodians[1], EXCHANGE_CUSTODIAN, p->controller, EXCHANGE_CONTROLLER};
	const struct exchange_route question = {
	    p->controller, EXCHANGE_CONTROLLER, p->custodians[1], EXCHANGE_CUSTODIAN};

	if ((step == EXCHANGE_TRAITS || step == EXCHANGE_OUTCOMES) && !has_identity(p))
		return no_way(p, step, "", err);
	if (step < EXCHANGE_RESULT || step == EXCHANGE_OUTCOMES) {
		if (!c)
			return err_set(err, ERR_DENIED, "project %s has no centre '%s'", p->name,
			    subject);
		return route_of_centre(ret, p, step, c, err);
	}
	if (strcmp(subject, p->controller) != 0)
		return no_way(p, step, "for anybody but the controller", err);
	*ret = step == EXCHANGE_PSEUDONYMS ? question : answer;
	return 0;
}

bool exchange_waits_for_all(const struct exchange_project *p, enum exchange_step step)
{
	return has_many(p) && step < EXCHANGE_RESULT;
}
