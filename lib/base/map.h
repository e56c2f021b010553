/*
 * A map from byte strings to small integers: open addressing, XXH3, keys
 * copied into the map. Values are indices into the caller's own arrays, so
 * one map serves every type. Iteration is by insertion order (entry 0..len-1),
 * which keeps outputs deterministic.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/vec.h"

struct map_entry {
	struct view key;
	uint64_t hash;
	int64_t value;
};

struct map {
	VEC(struct map_entry)
	entries;
	uint32_t *slots; /* entry index + 1; 0 is empty */
	size_t slot_count;
	struct arena keys;
};

#define AUTO_MAP AUTO(map_clear)

void map_clear(struct map *m);
/* The value of `key`, or NULL. Borrowed until the next map_add. */
int64_t *map_find(const struct map *m, struct view key);
/*
 * The value slot of `key`, made with `fresh` when the key is new. Compare
 * m->entries.len before and after to know which. At most 2^31 keys: assert.
 */
int64_t *map_add(struct map *m, struct view key, int64_t fresh);
/* Index of a string in order of first sight: the interner. */
int64_t map_intern(struct map *m, struct view key);

#endif
