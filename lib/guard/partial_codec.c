#include "guard/partial_codec.h"

#include <math.h>

bool guard_codec_reads(const struct guard_codec *c)
{
	return !c->out;
}

bool guard_codec_check(struct guard_codec *c, bool ok)
{
	c->bad = c->bad || !ok;
	return !c->bad;
}

static void put(struct guard_codec *c, uint64_t x)
{
	for (; x >= 128; x >>= 7)
		str_addc(c->out, (char)(x | 128));
	str_addc(c->out, (char)x);
}

static uint64_t take(struct guard_codec *c)
{
	uint64_t x = 0;

	for (unsigned shift = 0; shift < 64 && c->in.len; shift += 7) {
		unsigned char byte = (unsigned char)*c->in.ptr++;

		c->in.len--;
		if (shift == 63 && byte > 1)
			break;
		x |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			return x;
	}
	c->bad = true;
	return 0;
}

void guard_codec_number(struct guard_codec *c, uint64_t *x, uint64_t max)
{
	if (c->out) {
		put(c, *x);
		return;
	}
	*x = c->bad ? 0 : take(c);
	if (!guard_codec_check(c, *x <= max))
		*x = 0;
}

void guard_codec_count(struct guard_codec *c, uint64_t *x)
{
	guard_codec_number(c, x, GUARD_CODEC_COUNT);
}

void guard_codec_size(struct guard_codec *c, size_t *x, uint64_t max)
{
	uint64_t n = *x;

	guard_codec_number(c, &n, max);
	*x = (size_t)n;
}

/* Their distance from `min`. */
void guard_codec_int(struct guard_codec *c, int *x, int min, int max)
{
	uint64_t n = (uint64_t)((int64_t)*x - min);

	guard_codec_number(c, &n, (uint64_t)((int64_t)max - min));
	*x = (int)((int64_t)n + min);
}

void guard_codec_flag(struct guard_codec *c, bool *x)
{
	uint64_t n = *x;

	guard_codec_number(c, &n, 1);
	*x = n != 0;
}

void guard_codec_double(struct guard_codec *c, double *x)
{
	if (c->out) {
		str_add(c->out, (struct view){(const char *)x, sizeof(*x)});
		return;
	}
	if (guard_codec_check(c, c->in.len >= sizeof(*x))) {
		memcpy(x, c->in.ptr, sizeof(*x));
		c->in = (struct view){c->in.ptr + sizeof(*x), c->in.len - sizeof(*x)};
	}
	if (!guard_codec_check(c, !c->bad && !isnan(*x)))
		*x = 0;
}

void guard_codec_bytes(struct guard_codec *c, struct view *x, size_t max)
{
	size_t len = x->len;

	guard_codec_size(c, &len, max);
	if (c->out) {
		str_add(c->out, *x);
		return;
	}
	if (!guard_codec_check(c, len <= c->in.len))
		len = 0;
	*x = (struct view){c->in.ptr, len};
	c->in = (struct view){c->in.ptr + len, c->in.len - len};
}

void guard_codec_sparse(struct guard_codec *c, uint64_t *x, size_t n)
{
	size_t filled = 0, at = 0, next;

	for (size_t i = 0; c->out && i < n; i++)
		filled += x[i] != 0;
	guard_codec_size(c, &filled, n);
	for (size_t i = 0; i < filled && !c->bad; i++, at++) {
		while (c->out && !x[at])
			at++;
		next = at;
		guard_codec_size(c, &at, n - 1);
		if (guard_codec_check(c, at >= next))
			guard_codec_count(c, &x[at]);
	}
}
