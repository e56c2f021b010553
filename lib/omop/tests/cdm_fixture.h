/*
 * A CDM written by hand, one CSV file a table, and the checks run on it. Tests
 * change one cell of it and see which check notices.
 */
#ifndef OMOP_TESTS_CDM_FIXTURE_H
#define OMOP_TESTS_CDM_FIXTURE_H

#include "base/str.h"
#include "io/file.h"
#include "omop/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *file, *text;
} cdm_files[] = {
    {"person.csv", "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,"
		   "birth_datetime,race_concept_id,ethnicity_concept_id\n"
		   "1,8507,1950,3,2,,0,0\n"
		   "2,8532,1980,,,,0,0\n"
		   "3,8532,2000,1,1,2000-05-05 00:00:00,0,0\n"
		   "4,8507,1840,13,1,,0,0\n"
		   "5,,1990,2,1,,0,0\n"},
    /* person 1: overlap; 2: back to back; 3: a day between; 9: nobody */
    {"OBSERVATION_PERIOD.csv", "observation_period_id,person_id,observation_period_start_date,"
			       "observation_period_end_date,period_type_concept_id\n"
			       "1,1,2010-01-01,2012-12-31,32813\n"
			       "2,1,2012-06-01,2015-12-31,32813\n"
			       "3,2,2010-01-01,2010-12-31,32813\n"
			       "4,2,2011-01-01,2011-12-31,32813\n"
			       "5,3,2010-01-01,2010-12-31,32813\n"
			       "6,3,2011-01-02,2011-12-31,32813\n"
			       "7,9,2010-01-01,2010-12-31,32813\n"},
    {"visit_occurrence.csv", "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,"
			     "visit_end_date,visit_type_concept_id,visit_source_value\n"
			     "1,1,9201,2012-01-10,2012-01-12,32810,IN\n"
			     "2,2,9202,2012-05-05,2012-05-05,32810,OUT\n"
			     "3,3,0,2013-01-01,2012-12-31,32810,NEW\n"},
    /*
     * 2: a woman, 15 days after the visit. 3: before birth, no standard concept.
     * The other 3: 70 days after death, a drug, invalid. 5: the future.
     */
    {"condition_occurrence.csv",
	"condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
	"condition_end_date,condition_type_concept_id,visit_occurrence_id,"
	"condition_source_value,condition_source_concept_id,condition_status_concept_id,"
	"condition_status_source_value\n"
	"1,1,26662,2012-01-11,2012-01-12,32810,1,A,0,,\n"
	"2,2,26662,2012-05-20,,32810,2,B,7,32902,P\n"
	"3,3,4090861,1999-12-31,,32810,,C,7,,S\n"
	"3,1,500,2016-03-20,,32810,1,A,7,0,S\n"
	"5,4,0,2030-01-01,,32810,,D,7,,\n"},
    {"condition_era.csv", "condition_era_id,person_id,condition_concept_id,"
			  "condition_era_start_date,condition_era_end_date\n"
			  "1,1,26662,2012-01-11,2012-01-12\n"},
    {"death.csv", "person_id,death_date,death_type_concept_id\n1,2016-01-10,32810\n"},
    {"drug_era.csv", "drug_era_id,person_id,drug_concept_id,drug_era_start_date,"
		     "drug_era_end_date\n"
		     "1,1,500,2012-01-01,2012-01-31\n"
		     "2,1,501,2012-01-01,2012-01-31\n"},
    {"drug_exposure.csv", "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,"
			  "drug_exposure_end_date,drug_type_concept_id,refills,quantity,"
			  "days_supply\n"
			  "1,1,501,2012-01-01,2012-01-10,32810,two,10,366\n"
			  "2,2,501,2012-01-01,2012-01-10,32810,1.0,0,365\n"},
    /* a unit of the list; another; none; no value; no source unit */
    {"measurement.csv", "measurement_id,person_id,measurement_concept_id,measurement_date,"
			"measurement_type_concept_id,value_as_number,unit_concept_id,"
			"unit_source_value\n"
			"1,1,3004410,2012-01-01,32810,6.1,8554,%\n"
			"2,1,3004410,2012-01-01,32810,6.1,8840,mg\n"
			"3,1,3004410,2012-01-01,32810,6.1,,%\n"
			"4,1,3004410,2012-01-01,32810,,8840,%\n"
			"5,1,3004410,2012-01-01,32810,6.1,8840,\n"},
    {"concept.csv", "concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,"
		    "standard_concept,concept_code,valid_start_date,valid_end_date,"
		    "invalid_reason\n"
		    "0,No matching concept,Metadata,None,Undefined,,0,1970-01-01,2099-12-31,\n"
		    "8507,MALE,Gender,Gender,Gender,S,M,1970-01-01,2099-12-31,\n"
		    "8532,FEMALE,Gender,Gender,Gender,S,F,1970-01-01,2099-12-31,\n"
		    "9201,Inpatient,Visit,Visit,Visit,S,IP,1970-01-01,2099-12-31,\n"
		    "9202,Outpatient,Visit,Visit,Visit,S,OP,1970-01-01,2099-12-31,\n"
		    "32810,Claim,Type Concept,T,T,S,t,1970-01-01,2099-12-31,\n"
		    "32813,Claim,Type Concept,T,T,S,t,1970-01-01,2099-12-31,\n"
		    "32902,Primary,Condition Status,S,S,S,p,1970-01-01,2099-12-31,\n"
		    "26662,Testicular,Condition,SNOMED,Finding,S,1,1970-01-01,2099-12-31,\n"
		    "4090861,Male genitalia,Condition,SNOMED,Finding,,2,1970-01-01,2099-12-31,\n"
		    "500,A drug,Drug,RxNorm,Clinical Drug,S,3,1970-01-01,2019-12-31,D\n"
		    "501,A substance,Drug,RxNorm,Ingredient,S,4,1970-01-01,2099-12-31,\n"
		    "3004410,HbA1c,Measurement,LOINC,Lab Test,S,5,1970-01-01,2099-12-31,\n"
		    "8554,percent,Unit,UCUM,Unit,S,%,1970-01-01,2099-12-31,\n"
		    "8840,mg/dL,Unit,UCUM,Unit,S,mg/dL,1970-01-01,2099-12-31,\n"},
    {"concept_ancestor.csv", "ancestor_concept_id,descendant_concept_id,"
			     "min_levels_of_separation,max_levels_of_separation\n"
			     "4090861,4090861,0,0\n4025213,26662,1,1\n"},
};

static inline void cdm_write_file(const char *folder, const char *file, const char *text)
{
	AUTO_FREE char *path = path_join(folder, file);
	struct err err = {0};

	if (path_make_folder(folder, &err) < 0 || file_write(path, VIEW(text), &err) < 0)
		fail_msg("%s", err.msg);
}

static inline void cdm_write(const char *folder)
{
	struct err err = {0};

	assert_int_equal(path_remove(folder, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(cdm_files); i++)
		cdm_write_file(folder, cdm_files[i].file, cdm_files[i].text);
}

static inline struct omop_check_options cdm_options(const char *cdm)
{
	return (struct omop_check_options){
	    .cdm = cdm,
	    .today = date_from_civil(2020, 6, 30),
	    .threads = 1,
	};
}

static inline void cdm_check(const char *cdm, struct omop_check_result *r)
{
	struct omop_check_options o = cdm_options(cdm);
	struct err err = {0};

	if (omop_check(&o, r, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline const struct omop_check *cdm_find(const struct omop_check_result *r, const char *id)
{
	for (size_t i = 0; i < r->checks.len; i++) {
		AUTO_FREE char *have = omop_check_id(r, &r->checks.ptr[i]);

		if (strcmp(have, id) == 0)
			return &r->checks.ptr[i];
	}
	return NULL;
}

static inline void assert_check(const struct omop_check_result *r, const char *id,
    int64_t violated, int64_t denominator, enum omop_check_status status)
{
	const struct omop_check *c = cdm_find(r, id);

	if (!c)
		fail_msg("no check %s", id);
	else if (c->violated != violated || c->denominator != denominator || c->status != status)
		fail_msg("%s: %lld of %lld, %s (%s), expected %lld of %lld, %s", id,
		    (long long)c->violated, (long long)c->denominator,
		    omop_status_name(c->status), c->reason, (long long)violated,
		    (long long)denominator, omop_status_name(status));
}

static inline void assert_reason(const struct omop_check_result *r, const char *id,
    enum omop_check_status status, const char *reason)
{
	const struct omop_check *c = cdm_find(r, id);

	if (!c)
		fail_msg("no check %s", id);
	else if (c->status != status || strcmp(c->reason, reason) != 0)
		fail_msg("%s: %s, '%s', expected %s, '%s'", id, omop_status_name(c->status),
		    c->reason, omop_status_name(status), reason);
}

static inline int cdm_run_in_temp(int (*run)(void))
{
	char folder[] = "/tmp/hygie-cdm-XXXXXX";
	char home[4096];
	struct err err = {0};
	int failed;

	if (!getcwd(home, sizeof(home)) || !mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	failed = run();
	if (chdir(home) != 0 || path_remove(folder, &err) < 0)
		return 1;
	return failed;
}

#endif
