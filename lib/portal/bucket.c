#include "portal/bucket.h"

#include <pthread.h>
#include <sodium.h>

enum {
	SETS = 2048,
	WAYS = 8,
};

struct bucket {
	uint64_t key;
	double level;
	int64_t at;
};

struct buckets {
	pthread_mutex_t lock;
	unsigned char secret[crypto_shorthash_KEYBYTES]; /* nobody chooses who shares a set */
	double burst, per_second;
	struct bucket all[SETS][WAYS];
};

struct buckets *buckets_new(double burst, double per_second)
{
	struct buckets *b = mem_zalloc(1, sizeof(*b));

	pthread_mutex_init(&b->lock, NULL);
	randombytes_buf(b->secret, sizeof(b->secret));
	b->burst = burst;
	b->per_second = per_second;
	return b;
}

void buckets_free(struct buckets **b)
{
	if (*b)
		pthread_mutex_destroy(&(*b)->lock);
	free(TAKE(*b));
}

static struct bucket *find(struct buckets *b, uint64_t key, int64_t now_us)
{
	struct bucket *set = b->all[key % SETS], *oldest = set;

	for (int i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].at < oldest->at)
			oldest = &set[i];
	}
	*oldest = (struct bucket){key, b->burst, now_us};
	return oldest;
}

bool buckets_take(struct buckets *b, struct view key, int64_t now_us)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	struct bucket *e;
	uint64_t id;
	bool has;

	crypto_shorthash(bytes, (const unsigned char *)key.ptr, key.len, b->secret);
	memcpy(&id, bytes, sizeof(id));
	pthread_mutex_lock(&b->lock);
	e = find(b, id, now_us);
	if (now_us > e->at) {
		e->level += (double)(now_us - e->at) / 1e6 * b->per_second;
		e->level = MIN(e->level, b->burst);
		e->at = now_us;
	}
	has = e->level >= 1;
	e->level -= has ? 1 : 0;
	pthread_mutex_unlock(&b->lock);
	return has;
}
