#include "io/scan.h"

#include "io/scan_x86.h"

static unsigned seen_of(const struct scan *s, unsigned char c)
{
	unsigned seen = 0;

	seen |= c == 0 ? SCAN_NUL : 0;
	seen |= c >= 128 ? SCAN_HIGH : 0;
	seen |= c == '\r' && s->state != SCAN_QUOTED ? SCAN_CR : 0;
	return seen;
}

/* The state behind a byte that neither ends the cell nor is within quotes. */
static enum scan_state after_text(struct scan *s, unsigned char c)
{
	bool quote = s->quote && c == s->quote;

	if (quote && (s->state == SCAN_START || s->state == SCAN_CLOSED))
		return SCAN_QUOTED;
	if (quote || (s->state == SCAN_CLOSED && c != '\r'))
		s->seen |= SCAN_STRAY_QUOTE;
	return SCAN_PLAIN;
}

size_t scan_ends_plain(struct scan *s, const unsigned char *bytes, size_t len, uint32_t *ret_ends)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = bytes[i];

		s->seen |= seen_of(s, c);
		if (s->state == SCAN_QUOTED) {
			s->state = c == s->quote ? SCAN_CLOSED : SCAN_QUOTED;
		} else if (c == s->separator || c == '\n') {
			ret_ends[n++] = (uint32_t)i;
			s->state = SCAN_START;
		} else {
			s->state = after_text(s, c);
		}
	}
	return n;
}

size_t scan_ends(struct scan *s, const unsigned char *bytes, size_t len, uint32_t *ret_ends)
{
	size_t done = 0, n = 0, rest;

	if (scan_x86_works())
		n = scan_ends_x86(s, bytes, len, ret_ends, &done);
	rest = scan_ends_plain(s, bytes + done, len - done, ret_ends + n);
	for (size_t i = n; i < n + rest; i++)
		ret_ends[i] += (uint32_t)done;
	return n + rest;
}
