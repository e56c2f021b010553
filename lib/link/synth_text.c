#include "link/synth_record.h"

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

void synth_text_set(struct synth_text *t, struct view plain)
{
	size_t len = MIN(plain.len, (size_t)SYNTH_TEXT_MAX);
	bool first = true;

	memmove(t->plain, plain.ptr, len);
	t->plain_len = t->display_len = len;
	for (size_t i = 0; i < len; i++) {
		char c = t->plain[i];

		t->display[i] = !first && is_letter(c) ? (char)(c - 'A' + 'a') : c;
		first = !is_letter(c);
	}
}

/* Letters beside each other on a French keyboard. */
static char neighbour_key(char c, struct rng *r)
{
	static const char *const rows[] = {"AZERTYUIOP", "QSDFGHJKLM", "WXCVBN"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *at = strchr(rows[i], c);
		size_t len = strlen(rows[i]);

		if (!at)
			continue;
		if (at == rows[i] || (at < rows[i] + len - 1 && rng_chance(r, 0.5)))
			return at[1];
		return at[-1];
	}
	return 'A';
}

/* Where a letter stands, not the first when there is another; plain_len when none does. */
static size_t pick_letter(const struct synth_text *t, struct rng *r)
{
	for (int tries = 0; t->plain_len > 0 && tries < 20; tries++) {
		size_t at = rng_below(r, (uint32_t)t->plain_len);

		if (is_letter(t->plain[at]) && (at > 0 || t->plain_len < 3))
			return at;
	}
	return t->plain_len;
}

static void insert(char *text, size_t *len, size_t at, char c)
{
	if (*len == SYNTH_TEXT_MAX)
		return;
	memmove(text + at + 1, text + at, *len - at);
	text[at] = c;
	(*len)++;
}

static void erase(char *text, size_t *len, size_t at, size_t n)
{
	memmove(text + at, text + at + n, *len - at - n);
	*len -= n;
}

void synth_text_typo(struct synth_text *t, struct rng *r)
{
	char text[SYNTH_TEXT_MAX];
	size_t len = t->plain_len, at = pick_letter(t, r);

	if (at == len)
		return;
	memcpy(text, t->plain, len);
	switch (rng_below(r, 4)) {
	case 0: insert(text, &len, at, neighbour_key(text[at], r)); break;
	case 1:
		if (len > 2)
			erase(text, &len, at, 1);
		else
			text[at] = neighbour_key(text[at], r);
		break;
	case 2: text[at] = neighbour_key(text[at], r); break;
	default:
		if (at + 1 < len && is_letter(text[at + 1]) && text[at] != text[at + 1]) {
			text[at] = t->plain[at + 1];
			text[at + 1] = t->plain[at];
		} else {
			text[at] = neighbour_key(text[at], r);
		}
	}
	synth_text_set(t, (struct view){text, len});
}

/* What one hears and writes in several ways, either way round. */
static const struct {
	const char *a, *b;
} sounds[] = {{"PH", "F"}, {"Y", "I"}, {"LL", "L"}, {"NN", "N"}, {"TT", "T"}, {"SS", "S"},
    {"RR", "R"}, {"MM", "M"}, {"EAU", "O"}, {"AU", "O"}, {"CK", "K"}, {"QU", "K"}, {"TH", "T"},
    {"CH", "SH"}, {"EZ", "ER"}, {"AULT", "AUD"}, {"OUX", "OU"}, {"EN", "AN"}, {"OU", "U"},
    {"H", ""}, {"AIN", "IN"}};

/* The n-th place where a sound can be written in another way; -1 and how many there are. */
static int find_sound(const struct synth_text *t, int n, size_t *ret_at, struct view *ret_from,
    struct view *ret_to)
{
	int count = 0;

	for (size_t i = 0; i < ARRAY_LEN(sounds); i++) {
		struct view a = VIEW(sounds[i].a), b = VIEW(sounds[i].b);

		for (size_t at = 1; at + a.len <= t->plain_len; at++) {
			if (t->plain[at] != a.ptr[0] ||
			    memcmp(t->plain + at, a.ptr, a.len) != 0 || count++ != n)
				continue;
			*ret_at = at;
			*ret_from = a;
			*ret_to = b;
			return count;
		}
	}
	return n < 0 ? count : -1;
}

bool synth_text_has_sound(const struct synth_text *t)
{
	struct view from, to;
	size_t at;

	return find_sound(t, -1, &at, &from, &to) > 0;
}

bool synth_text_sound(struct synth_text *t, struct rng *r)
{
	char text[SYNTH_TEXT_MAX];
	struct view from, to;
	size_t at = 0, len = t->plain_len;
	int count = find_sound(t, -1, &at, &from, &to);

	if (count <= 0 ||
	    find_sound(t, (int)rng_below(r, (uint32_t)count), &at, &from, &to) < 0)
		return false;
	memcpy(text, t->plain, len);
	erase(text, &len, at, from.len);
	for (size_t i = 0; i < to.len; i++)
		insert(text, &len, at + i, to.ptr[i]);
	synth_text_set(t, (struct view){text, len});
	return true;
}
