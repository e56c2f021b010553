#include "link/kind.h"

static const struct {
	const char *name;
	struct link_habit habit;
} kinds[LINK_KINDS] = {
    [LINK_IGNORE] = {"ignore", {0, 0}},
    [LINK_ID] = {"id", {0, 0}},
    [LINK_GIVEN] = {"given_name", {0.65, 0.4}},
    [LINK_SURNAME] = {"surname", {0.70, 0.4}},
    [LINK_USED] = {"used_surname", {0.60, 0.4}},
    [LINK_FULL] = {"full_name", {0.40, 0.5}},
    [LINK_DATE] = {"birth_date", {0.75, 0.5}},
    [LINK_SEX] = {"sex", {0.95, 0}},
    [LINK_IDENTIFIER] = {"identifier", {0.75, 0}},
    [LINK_NUMBER] = {"house_number", {0.70, 0}},
    [LINK_POSTCODE] = {"postcode", {0.65, 0.4}},
    [LINK_PLACE] = {"place", {0.65, 0.4}},
    [LINK_ADDRESS] = {"address", {0.60, 0.4}},
    [LINK_EMAIL] = {"email", {0.60, 0.3}},
    [LINK_PHONE] = {"phone", {0.60, 0}},
    [LINK_CATEGORY] = {"category", {0.80, 0}},
};

const char *link_kind_name(enum link_kind kind)
{
	return kinds[kind].name;
}

enum link_kind link_kind_of(struct view name)
{
	for (int k = 0; k < LINK_KINDS; k++)
		if (view_eq(name, VIEW(kinds[k].name)))
			return (enum link_kind)k;
	return LINK_KINDS;
}

struct link_habit link_kind_habit(enum link_kind kind)
{
	return kinds[kind].habit;
}
