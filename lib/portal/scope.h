/*
 * Roles that were given for a part of the hub: "project/2026-00012" one
 * application, "organisation/3" those of its people, "committee/CESREES" those
 * that come before it and its own work, "dataset/ID" what is ingested under it.
 * The door asks what a request is about, and adds the roles of that part to
 * those that count everywhere; a list is cut to all parts of a person.
 */
#ifndef PORTAL_SCOPE_H
#define PORTAL_SCOPE_H

#include "desk/record.h"
#include "portal/visit.h"

#include <jansson.h>

/* There is one: that of French law. */
#define THE_COMMITTEE "CESREES"
#define SCOPE_COMMITTEE "committee/" THE_COMMITTEE

/* v->roles and v->scope, of the route's parts; what changes something is logged with its scope. */
MUST_CHECK int scope_enter(struct visit *v, struct err *err);
/* Roles that count in this part, everywhere or for it. */
unsigned scope_roles(const struct visit *v, const char *scope);
/* Roles of any part. */
unsigned scope_some_roles(const struct visit *v);
/* Does the procedure of the application come before the committee? */
bool scope_is_judged(const struct desk_route *r);
/*
 * The parts that an application belongs to, for whoever is told of it: the same as at the door.
 * ",project/2026-00012,organisation/3,committee/CESREES,"; `a` NULL: of the committee alone.
 */
MUST_CHECK int scope_parts(struct store_tx *tx, const struct desk_application *a, const char *ref,
    struct str *ret, struct err *err);
/*
 * What the person's roles at the desk for parts let see, as a list takes it
 * (desk/list.h): ",project/2026-00012,route/standard,applicant/7,".
 */
MUST_CHECK int scope_sight(const struct visit *v, unsigned roles, struct str *ret,
    struct err *err);

#endif
