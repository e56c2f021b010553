#include "mainbase/care.h"

#include <assert.h>

/* clang-format off */
static const struct mainbase_care all[] = {
    {.name = "pseudonym", .what = "pseudonyms", .needs = ""},
    {.name = "death", .what = "deaths", .needs = "pseudonym"},
    {.name = "person", .what = "persons", .needs = "death"},
    {.name = "taa", .what = "billing by activity", .needs = ""},
    {.name = "reimbursement", .what = "reimbursed care", .needs = "person taa"},
    {.name = "consultation", .what = "consultations", .needs = "reimbursement"},
    {.name = "drug", .what = "drugs", .needs = "reimbursement"},
    {.name = "town_act", .what = "acts in town", .needs = "reimbursement",
	.shared = "town", .stage = "cam",
	.words = {{"source", "snds_cam"}, {"quantity", "r.PRS_ACT_QTE"}}},
    {.name = "biology", .what = "biology", .needs = "reimbursement",
	.shared = "town", .stage = "bio",
	.words = {{"source", "snds_bio"}, {"quantity", "a.quantity"}}},
    {.name = "device", .what = "devices", .needs = "reimbursement",
	.shared = "town", .stage = "tip",
	.words = {{"source", "snds_tip"}, {"quantity", "a.quantity"}}},
    {.name = "town_ucd", .what = "hospital drugs handed out", .needs = "reimbursement",
	.shared = "town", .stage = "ucd",
	.words = {{"source", "snds_ucd"}, {"quantity", "a.quantity"}}},
    {.name = "stay", .what = "stays", .needs = "person"},
    {.name = "diagnosis", .what = "diagnoses", .needs = "stay"},
    {.name = "act", .what = "acts", .needs = "stay"},
    {.name = "unit_stay", .what = "units of stays", .needs = "stay"},
    {.name = "hospital_drug", .what = "drugs of stays", .needs = "stay",
	.shared = "stay_item", .stage = "med",
	.words = {{"source", "snds_mco_med"}}},
    {.name = "hospital_device", .what = "devices of stays", .needs = "stay",
	.shared = "stay_item", .stage = "dmip",
	.words = {{"source", "snds_mco_dmip"}}},
    {.name = "outpatient", .what = "hospital care without a stay", .needs = "person"},
    {.name = "outpatient_act", .what = "acts without a stay", .needs = "outpatient"},
    {.name = "outpatient_fee", .what = "fees without a stay", .needs = "outpatient"},
    {.name = "ssr_row", .what = "rehabilitation", .needs = "person"},
    {.name = "ssr_stay", .what = "rehabilitation", .needs = "ssr_row",
	.shared = "other_stay", .stage = "ssr",
	.words = {{"field", "ssr"}, {"patient", "snds_ssr_c"}}},
    {.name = "ssr_diagnosis", .what = "rehabilitation, diagnoses", .needs = "ssr_stay",
	.shared = "other_diagnosis", .stage = "ssr_code",
	.words = {{"field", "ssr"}}},
    {.name = "had_row", .what = "hospital at home", .needs = "person"},
    {.name = "had_stay", .what = "hospital at home", .needs = "had_row",
	.shared = "other_stay", .stage = "had",
	.words = {{"field", "had"}, {"patient", "snds_had_c"}}},
    {.name = "had_diagnosis", .what = "hospital at home, diagnoses", .needs = "had_stay",
	.shared = "other_diagnosis", .stage = "had_code",
	.words = {{"field", "had"}}},
    {.name = "psychiatry_row", .what = "psychiatry", .needs = "person"},
    {.name = "psychiatry_stay", .what = "psychiatry", .needs = "psychiatry_row",
	.shared = "other_stay", .stage = "psychiatry",
	.words = {{"field", "psychiatry"}, {"patient", "snds_rip_c"}}},
    {.name = "psychiatry_diagnosis", .what = "psychiatry, diagnoses", .needs = "psychiatry_stay",
	.shared = "other_diagnosis", .stage = "psychiatry_code",
	.words = {{"field", "psychiatry"}}},
    {.name = "ald", .what = "long-term diseases", .needs = "person"},
    {.name = "death_cause", .what = "causes of death", .needs = "person"},
};
/* clang-format on */

size_t mainbase_care_find(struct view name)
{
	size_t i = 0;

	while (i < ARRAY_LEN(all) && !view_eq(VIEW(all[i].name), name))
		i++;
	assert(i < ARRAY_LEN(all));
	return i;
}

const struct mainbase_care *mainbase_care_at(size_t index)
{
	return &all[index];
}
