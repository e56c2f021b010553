/* The prefixes of data/prefixes.csv, read once. */
#include "catalog/prefix.h"
#include "base/embed.h"
#include "catalog/rdf.h"

#include <pthread.h>

static struct rdf_prefix table[RDF_PREFIXES_MAX];
static size_t table_len;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_table(void)
{
	struct view rest = embed_find("catalog/data/prefixes.csv");
	struct view line;

	(void)view_next(&rest, '\n', &line); /* the header */
	while (table_len < RDF_PREFIXES_MAX && view_next(&rest, '\n', &line) && line.len) {
		struct rdf_prefix *p = &table[table_len++];

		(void)view_next(&line, ',', &p->name);
		p->iri = line;
	}
}

const struct rdf_prefix *rdf_prefixes(size_t *ret_count)
{
	pthread_once(&once, read_table);
	*ret_count = table_len;
	return table;
}

static bool is_local_name(struct view v)
{
	if (v.len == 0 || !(((v.ptr[0] | 32) >= 'a' && (v.ptr[0] | 32) <= 'z') || v.ptr[0] == '_'))
		return false;
	for (size_t i = 1; i < v.len; i++) {
		char c = v.ptr[i];

		if (!(((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
			c == '-'))
			return false;
	}
	return true;
}

bool rdf_compact(struct view iri, struct view *ret_prefix, struct view *ret_name)
{
	size_t count;
	const struct rdf_prefix *p = rdf_prefixes(&count);
	size_t end = iri.len;

	while (end > 0 && iri.ptr[end - 1] != '#' && iri.ptr[end - 1] != '/')
		end--;
	for (size_t i = 0; i < count; i++)
		if (p[i].iri.len == end && memcmp(p[i].iri.ptr, iri.ptr, end) == 0) {
			*ret_prefix = p[i].name;
			*ret_name = (struct view){iri.ptr + end, iri.len - end};
			return is_local_name(*ret_name);
		}
	return false;
}

bool rdf_expand(struct str *out, struct view curie)
{
	size_t count;
	const struct rdf_prefix *p = rdf_prefixes(&count);
	struct view rest = curie;
	struct view name;

	if (!memchr(curie.ptr, ':', curie.len) || !view_next(&rest, ':', &name))
		return false;
	for (size_t i = 0; i < count; i++)
		if (view_eq(p[i].name, name)) {
			str_add(out, p[i].iri);
			str_add(out, rest);
			return true;
		}
	return false;
}
