#include "mainbase/care.h"

#include <assert.h>

/* clang-format off */
static const struct mainbase_care all[] = {
    {.name = "pseudonym", .what = "pseudonyms", .needs = ""},
    {.name = "death", .what = "deaths", .needs = "pseudonym"},
    {.name = "person", .what = "persons", .needs = "death"},
    {.name = "reimbursement", .what = "reimbursed care", .needs = "person"},
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
    {.name = "ald", .what = "long-term diseases", .needs = "person"},
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
