#include "portal/route.h"

bool route_matches(const char *pattern, struct view path, struct view params[VISIT_PARAMS])
{
	struct view rest = VIEW(pattern), want = VIEW_NONE, have = VIEW_NONE;
	size_t n = 0;

	for (;;) {
		bool more = view_next(&rest, '/', &want);

		if (more != view_next(&path, '/', &have))
			return false;
		if (!more)
			return true;
		if (want.len > 0 && want.ptr[0] == '{') {
			if (have.len == 0)
				return false;
			params[n++] = have;
		} else if (!view_eq(want, have)) {
			return false;
		}
	}
}

const struct route *route_find(enum route_kind kind, enum http_method method, struct view path,
    struct view params[VISIT_PARAMS], bool *ret_known)
{
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	*ret_known = false;
	for (size_t i = 0; i < route_count; i++) {
		if (routes[i].kind != kind || !route_matches(routes[i].pattern, path, params))
			continue;
		*ret_known = true;
		if (routes[i].method == method)
			return &routes[i];
	}
	return NULL;
}

char *route_asked(enum http_method method, const struct route *r)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OTHER"};

	return str_format("%s %s", methods[method], r->pattern);
}
