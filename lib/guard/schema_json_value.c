#include "guard/schema_json_value.h"

#include "io/json.h"

static json_t *parse(struct view text)
{
	struct err err = {0};
	json_t *json = NULL;

	if (json_parse(&json, "cell", text, &err) < 0)
		return NULL;
	return json;
}

bool guard_json_length(struct view text, bool object, size_t *ret)
{
	AUTO_JSON json_t *json = parse(text);

	if (!json || (object ? !json_is_object(json) : !json_is_array(json)))
		return false;
	*ret = object ? json_object_size(json) : json_array_size(json);
	return true;
}

bool guard_json_point(struct view text, bool object, double ret[2])
{
	AUTO_JSON json_t *json = parse(text);
	static const char *const names[] = {"lon", "lat"};

	if (!json || (object ? json_object_size(json) : json_array_size(json)) != 2)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const json_t *number = object ? json_object_get(json, names[i])
		                              : json_array_get(json, i);

		if (!json_is_number(number))
			return false;
		ret[i] = json_number_value(number);
	}
	return true;
}

bool guard_json_is_geo(struct view text, bool topology)
{
	static const char *const types[] = {"Feature", "FeatureCollection", "Point", "MultiPoint",
	    "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"};
	AUTO_JSON json_t *json = parse(text);
	const char *type = json_string_value(json_object_get(json, "type"));

	if (!type)
		return false;
	if (topology)
		return strcmp(type, "Topology") == 0;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}
