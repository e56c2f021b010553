/*
 * The Dashboard's results file, keys as release 2.x writes them: CheckResults,
 * Metadata, Overview. What R leaves out when it is missing is left out. No
 * clock: the timestamps are the day of the check.
 */
#include "omop/check.h"

#include "base/version.h"
#include "io/json.h"

#include <math.h>

/* A name of ours in the Dashboard's case: cdm_source_name is cdmSourceName. */
static void add_camel_key(struct json_writer *w, const char *name)
{
	AUTO_STR struct str key = {0};

	for (const char *p = name; *p; p++) {
		if (*p == '_' && p[1] >= 'a' && p[1] <= 'z')
			str_addc(&key, (char)(*++p - 'a' + 'A'));
		else
			str_addc(&key, *p);
	}
	json_key(w, str_get(&key));
}

static void add_upper(struct json_writer *w, const char *key, const char *name)
{
	AUTO_STR struct str upper = {0};

	for (const char *p = name; *p; p++)
		str_addc(&upper, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
	json_key(w, key);
	json_add_text(w, str_view(&upper));
}

static void add_counts(struct json_writer *w, const struct omop_check *c)
{
	if (c->denominator < 0)
		return;
	json_set_int(w, "numViolatedRows", c->violated);
	json_key(w, "pctViolatedRows");
	json_add_double(w, omop_check_share(c));
	json_set_int(w, "numDenominatorRows", c->denominator);
}

static void add_verdict(struct json_writer *w, const struct omop_check *c)
{
	json_set_int(w, "failed", c->status == OMOP_FAIL);
	json_set_int(w, "passed", c->status == OMOP_PASS);
	json_set_int(w, "isError", c->status == OMOP_ERROR);
	json_set_int(w, "notApplicable", c->status == OMOP_NOT_APPLICABLE);
	if (c->status == OMOP_ERROR)
		json_set_text(w, "error", c->reason);
	if (c->status == OMOP_NOT_APPLICABLE)
		json_set_text(w, "notApplicableReason", c->reason);
	if (c->has_threshold) {
		json_key(w, "thresholdValue");
		json_add_double(w, c->threshold);
	}
	if (*c->notes)
		json_set_text(w, "notesValue", c->notes);
}

static void add_check(struct json_writer *w, const struct omop_check_result *r,
    const struct omop_check *c)
{
	const struct omop_check_type *t = &r->types[c->kind];
	AUTO_FREE char *id = omop_check_id(r, c);
	AUTO_FREE char *description = omop_check_description(r, c);

	json_begin_object(w);
	add_counts(w, c);
	json_set_text(w, "checkName", t->name);
	json_set_text(w, "checkLevel", omop_check_level_name(t->level));
	json_set_text(w, "checkDescription", description);
	add_upper(w, "cdmTableName", c->table);
	if (c->field)
		add_upper(w, "cdmFieldName", c->field);
	if (c->concept_ids)
		json_set_text(w, "conceptId", c->concept_ids);
	json_set_text(w, "category", t->category);
	json_set_text(w, "subcategory", t->subcategory);
	json_set_text(w, "context", t->context);
	json_set_text(w, "severity", omop_severity_name(t->severity));
	json_set_text(w, "checkId", id);
	add_verdict(w, c);
	json_end_object(w);
}

static void add_metadata(struct json_writer *w, const struct omop_check_result *r)
{
	json_key(w, "Metadata");
	json_begin_array(w);
	json_begin_object(w);
	for (size_t i = 0; i < r->source.len; i++) {
		add_camel_key(w, r->source.ptr[i].name);
		json_add_text(w, VIEW(r->source.ptr[i].value));
	}
	AUTO_FREE char *tool = str_format("hygie %s", hygie_version());

	json_set_text(w, "dqdVersion", tool);
	json_end_object(w);
	json_end_array(w);
}

/* R writes a single value as an array of one. */
static void add_one(struct json_writer *w, const char *key, double value)
{
	json_key(w, key);
	json_begin_array(w);
	json_add_double(w, value);
	json_end_array(w);
}

static int64_t count(const struct omop_check_result *r, const char *category,
    enum omop_check_status status)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->checks.len; i++) {
		const struct omop_check *c = &r->checks.ptr[i];

		if (strcmp(r->types[c->kind].category, category) == 0 &&
		    (status == OMOP_STATUSES || c->status == status))
			n++;
	}
	return n;
}

/* The Dashboard counts as passed whatever did not fail. */
static void add_overview(struct json_writer *w, const struct omop_check_result *r)
{
	static const char *const categories[] = {"Plausibility", "Conformance", "Completeness"};
	static const struct {
		const char *key;
		enum omop_check_status status;
	} counts[] = {{"Total", OMOP_STATUSES}, {"Failed", OMOP_FAIL}, {"Passed", OMOP_PASS}};
	double total = (double)r->checks.len, failed = (double)r->counts[OMOP_FAIL];
	double share = total > 0 ? failed / total * 100 : 0;

	json_key(w, "Overview");
	json_begin_object(w);
	add_one(w, "countTotal", total);
	add_one(w, "countPassed", total - failed);
	add_one(w, "countErrorFailed", (double)r->counts[OMOP_ERROR]);
	add_one(w, "countThresholdFailed", failed);
	add_one(w, "countOverallFailed", failed);
	add_one(w, "percentPassed", round((100 - share) * 100) / 100);
	add_one(w, "percentFailed", round(share * 100) / 100);
	for (size_t k = 0; k < ARRAY_LEN(counts); k++)
		for (size_t i = 0; i < ARRAY_LEN(categories); i++) {
			AUTO_FREE char *key = str_format("count%s%s", counts[k].key, categories[i]);

			add_one(w, key, (double)count(r, categories[i], counts[k].status));
		}
	json_end_object(w);
}

static void add_time(struct json_writer *w, const char *key, date_t day)
{
	char text[DATE_TEXT_SIZE];
	AUTO_FREE char *stamp = str_format("%s 00:00:00", date_format(day, text));

	json_key(w, key);
	json_begin_array(w);
	json_add_text(w, VIEW(stamp));
	json_end_array(w);
}

void omop_check_json(const struct omop_check_result *r, struct str *out)
{
	struct json_writer w = {.out = out, .indent = 2};

	json_begin_object(&w);
	add_time(&w, "startTimestamp", r->today);
	add_time(&w, "endTimestamp", r->today);
	json_key(&w, "CheckResults");
	json_begin_array(&w);
	for (size_t i = 0; i < r->checks.len; i++)
		add_check(&w, r, &r->checks.ptr[i]);
	json_end_array(&w);
	add_metadata(&w, r);
	add_overview(&w, r);
	json_end_object(&w);
	str_addc(out, '\n');
}
