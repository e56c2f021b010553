/* Cells that are JSON. For schema_value.c. */
#ifndef GUARD_SCHEMA_JSON_VALUE_H
#define GUARD_SCHEMA_JSON_VALUE_H

#include "base/view.h"

/* An object or an array, and how many keys or items it has. */
bool guard_json_length(struct view text, bool object, size_t *ret);
/* [lon, lat], or {"lon": x, "lat": y}. */
bool guard_json_point(struct view text, bool object, double ret[2]);
/* An object that says it is of a type of RFC 7946, or a TopoJSON topology. */
bool guard_json_is_geo(struct view text, bool topology);

#endif
