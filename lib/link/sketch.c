#include "link/sketch.h"

static uint32_t bit_of(char c)
{
	return (uint32_t)1 << ((uint8_t)c & 31);
}

static int number_at(struct view text, size_t start, size_t len)
{
	int n = 0;

	for (size_t i = start; i < start + len; i++)
		n = n * 10 + (text.ptr[i] - '0');
	return n;
}

static bool is_date(struct view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len == 8;
}

struct link_sketch link_sketch_of(struct view text)
{
	struct link_sketch s = {.len = (uint8_t)MIN(text.len, (size_t)LINK_TEXT_MAX)};

	for (size_t i = 0; i < s.len; i++) {
		s.letters |= bit_of(text.ptr[i]);
		if (text.ptr[i] != ' ' && (i == 0 || text.ptr[i - 1] == ' '))
			s.firsts |= bit_of(text.ptr[i]);
	}
	s.first = s.len ? (uint8_t)text.ptr[0] : 0;
	if (is_date(text)) {
		s.year = (uint16_t)number_at(text, 0, 4);
		s.month = (uint8_t)number_at(text, 4, 2);
		s.day = (uint8_t)number_at(text, 6, 2);
	}
	return s;
}

/* The least matches that may do: no transpositions, and a whole prefix in common. */
static uint8_t needed(double least, bool same_first, int la, int lb)
{
	for (int m = 0; m <= MIN(la, lb); m++) {
		struct link_jaro j = {.matches = m, .prefix = same_first ? MIN(m, 4) : 0};

		if (link_jaro_winkler(j, la, lb) >= least)
			return (uint8_t)m;
	}
	return UINT8_MAX;
}

void link_jaro_needs_make(struct link_jaro_needs *n, double least)
{
	for (int same = 0; same < 2; same++)
		for (int la = 0; la <= LINK_TEXT_MAX; la++)
			for (int lb = 0; lb <= LINK_TEXT_MAX; lb++)
				n->needs[same][la][lb] = needed(least, same, la, lb);
}
