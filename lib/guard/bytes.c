/* One table look-up and one addition a byte count eight classes at once: about 1 ns a byte. */
#include "guard/bytes.h"

#include "guard/bytes_x86.h"

#define LANE(i) (1ull << (i)*8)

const uint64_t guard_bytes_lanes[256] = {
    [0 ... 8] = LANE(7),
    ['\t'] = LANE(3),
    ['\n' ... 31] = LANE(7),
    [' '] = LANE(3),
    ['!' ... '+'] = LANE(7),
    [','] = LANE(4),
    ['-'] = LANE(5),
    ['.'] = LANE(4),
    ['/'] = LANE(5),
    ['0' ... '9'] = LANE(0),
    [':'] = LANE(5),
    [';' ... '?'] = LANE(7),
    ['@'] = LANE(6),
    ['A' ... 'Z'] = LANE(1),
    ['[' ... '`'] = LANE(7),
    ['a' ... 'z'] = LANE(2),
    ['{' ... 255] = LANE(7),
};

struct guard_bytes guard_bytes_count_plain(struct view v)
{
	const unsigned char *p = (const unsigned char *)v.ptr;
	uint64_t sum = 0;

	for (size_t i = 0; i < v.len && v.len <= GUARD_COUNTED_MAX; i++)
		sum += guard_bytes_lanes[p[i]];
	return (struct guard_bytes){
	    .digits = (uint8_t)sum,
	    .upper = (uint8_t)(sum >> 8),
	    .lower = (uint8_t)(sum >> 16),
	    .blanks = (uint8_t)(sum >> 24),
	    .points = (uint8_t)(sum >> 32),
	    .dashes = (uint8_t)(sum >> 40),
	    .at = (uint8_t)(sum >> 48),
	    .others = (uint8_t)(sum >> 56),
	};
}

void guard_bytes_count(const struct view *cells, size_t n, struct guard_bytes *ret)
{
	if (guard_bytes_x86_works()) {
		guard_bytes_count_x86(cells, n, ret);
		return;
	}
	for (size_t i = 0; i < n; i++)
		ret[i] = guard_bytes_count_plain(cells[i]);
}
