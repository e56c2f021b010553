/* IRIs: which are, and what a relative one means by its base (RFC 3986, section 5). */
#include "catalog/graph.h"

static bool is_scheme(struct view v, size_t *ret_end)
{
	size_t i = 0;

	while (i < v.len && ((v.ptr[i] | 32) >= 'a' && (v.ptr[i] | 32) <= 'z'))
		i++;
	if (i == 0)
		return false;
	while (i < v.len && (((v.ptr[i] | 32) >= 'a' && (v.ptr[i] | 32) <= 'z') ||
				(v.ptr[i] >= '0' && v.ptr[i] <= '9') || strchr("+-.", v.ptr[i])))
		i++;
	*ret_end = i;
	return i < v.len && v.ptr[i] == ':';
}

bool rdf_iri_is_absolute(struct view iri)
{
	size_t end;

	return is_scheme(iri, &end);
}

bool rdf_iri_is_valid(struct view iri)
{
	size_t end;

	if (!is_scheme(iri, &end) || end + 1 == iri.len)
		return false;
	for (size_t i = 0; i < iri.len; i++)
		if ((unsigned char)iri.ptr[i] <= 0x20 || strchr("<>\"{}|^`\\", iri.ptr[i]) ||
		    iri.ptr[i] == 0x7f)
			return false;
	return true;
}

/* What is not there has no pointer. */
struct parts {
	struct view scheme, authority, path, query, fragment;
};

/* Up to the first of `ends`, which stays. */
static struct view take(struct view *rest, const char *ends)
{
	struct view v = *rest;
	size_t n = 0;

	while (n < v.len && !strchr(ends, v.ptr[n]))
		n++;
	*rest = (struct view){v.ptr + n, v.len - n};
	return (struct view){v.ptr, n};
}

static bool skip(struct view *rest, struct view what)
{
	if (!view_starts(*rest, what))
		return false;
	*rest = (struct view){rest->ptr + what.len, rest->len - what.len};
	return true;
}

static struct parts split(struct view iri)
{
	struct parts p = {0};
	size_t end;

	if (is_scheme(iri, &end)) {
		p.scheme = (struct view){iri.ptr, end};
		iri = (struct view){iri.ptr + end + 1, iri.len - end - 1};
	}
	if (skip(&iri, VIEW_LIT("//")))
		p.authority = take(&iri, "/?#");
	p.path = take(&iri, "?#");
	if (skip(&iri, VIEW_LIT("?")))
		p.query = take(&iri, "#");
	if (skip(&iri, VIEW_LIT("#")))
		p.fragment = iri;
	return p;
}

/* Behind `from` in `out`, without "." and ".." (section 5.2.4). */
static void add_path(struct str *out, struct view path)
{
	size_t from = out->len;

	while (path.len > 0) {
		bool slash = view_starts(path, VIEW_LIT("/"));
		struct view rest = {path.ptr + slash, path.len - slash};
		struct view segment = take(&rest, "/");
		bool up = view_eq(segment, VIEW_LIT("..")), stay = view_eq(segment, VIEW_LIT("."));

		if (up && slash) {
			while (out->len > from && str_get(out)[out->len - 1] != '/')
				str_truncate(out, out->len - 1);
			if (out->len > from)
				str_truncate(out, out->len - 1);
		}
		if (!up && !stay)
			str_add(out, (struct view){path.ptr, slash + segment.len});
		else if (!slash)
			(void)skip(&rest, VIEW_LIT("/"));
		else if (rest.len == 0)
			str_addc(out, '/');
		path = rest;
	}
}

/* The path of a relative reference behind the last '/' of its base (section 5.2.3). */
static void add_merged(struct str *out, const struct parts *base, struct view path)
{
	AUTO_STR struct str whole = {0};
	const char *slash = base->path.len ? memrchr(base->path.ptr, '/', base->path.len) : NULL;

	if (slash)
		str_addf(&whole, "%.*s/", (int)(slash - base->path.ptr), base->path.ptr);
	else if (base->authority.ptr && base->path.len == 0)
		str_addc(&whole, '/');
	str_add(&whole, path);
	add_path(out, str_view(&whole));
}

void rdf_iri_resolve(struct str *out, struct view base, struct view reference)
{
	struct parts b = split(base), r = split(reference);
	struct view authority = r.authority.ptr ? r.authority : b.authority;

	if (r.scheme.ptr) {
		str_add(out, reference);
		return;
	}
	str_addf(out, "%.*s:", VIEW_ARG(b.scheme));
	if (authority.ptr)
		str_addf(out, "//%.*s", VIEW_ARG(authority));
	if (r.authority.ptr || view_starts(r.path, VIEW_LIT("/"))) {
		add_path(out, r.path);
	} else if (r.path.len > 0) {
		add_merged(out, &b, r.path);
	} else {
		str_add(out, b.path);
		r.query = r.query.ptr ? r.query : b.query;
	}
	if (r.query.ptr)
		str_addf(out, "?%.*s", VIEW_ARG(r.query));
	if (r.fragment.ptr)
		str_addf(out, "#%.*s", VIEW_ARG(r.fragment));
}
