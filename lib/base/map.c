#include "base/map.h"

#include "base/hash.h"

#include <assert.h>

static size_t probe(const struct map *m, struct view key, uint64_t hash)
{
	size_t mask = m->slot_count - 1;
	size_t i = hash & mask;

	while (m->slots[i]) {
		const struct map_entry *e = &m->entries.ptr[m->slots[i] - 1];

		if (e->hash == hash && view_eq(e->key, key))
			break;
		i = (i + 1) & mask;
	}
	return i;
}

static void grow(struct map *m)
{
	size_t count = m->slot_count ? m->slot_count * 2 : 16;

	free(m->slots);
	m->slots = mem_zalloc(count, sizeof(*m->slots));
	m->slot_count = count;
	for (size_t e = 0; e < m->entries.len; e++) {
		size_t i = m->entries.ptr[e].hash & (count - 1);

		while (m->slots[i])
			i = (i + 1) & (count - 1);
		m->slots[i] = (uint32_t)e + 1;
	}
}

void map_clear(struct map *m)
{
	vec_clear(&m->entries);
	free(m->slots);
	arena_clear(&m->keys);
	*m = (struct map){0};
}

int64_t *map_find(const struct map *m, struct view key)
{
	size_t i;

	if (!m->slot_count)
		return NULL;
	i = probe(m, key, hash_xxh3(key));
	return m->slots[i] ? &m->entries.ptr[m->slots[i] - 1].value : NULL;
}

int64_t *map_add(struct map *m, struct view key, int64_t fresh)
{
	uint64_t hash = hash_xxh3(key);
	size_t i;

	if (m->entries.len * 4 >= m->slot_count * 3)
		grow(m);
	i = probe(m, key, hash);
	if (!m->slots[i]) {
		assert(m->entries.len < INT32_MAX);
		*vec_push(&m->entries) = (struct map_entry){
		    .key = arena_view(&m->keys, key), .hash = hash, .value = fresh};
		m->slots[i] = (uint32_t)m->entries.len;
	}
	return &m->entries.ptr[m->slots[i] - 1].value;
}

int64_t map_intern(struct map *m, struct view key)
{
	return *map_add(m, key, (int64_t)m->entries.len);
}
