#include "base/opt.h"

#include <inttypes.h>

enum { HELP_COLUMN = 26 };

static void add_form(const struct opt *o, struct str *out)
{
	if (!o->name) {
		str_addz(out, o->value);
		if (o->kind == OPT_LIST)
			str_addz(out, "...");
		return;
	}
	str_addf(out, "--%s", o->name);
	if (o->value)
		str_addf(out, " %s", o->value);
}

void opt_synopsis(const struct opt *table, struct str *out)
{
	for (int named = 1; named >= 0; named--) {
		for (const struct opt *o = table; o->kind; o++) {
			if ((o->name != NULL) != named)
				continue;
			str_addz(out, o->required ? " " : " [");
			add_form(o, out);
			if (!o->required)
				str_addc(out, ']');
		}
	}
}

static void add_size(uint64_t bytes, struct str *out)
{
	static const char units[] = "KMGT";
	int u = -1;

	while (u < 3 && bytes >= 1024 && bytes % 1024 == 0) {
		bytes /= 1024;
		u++;
	}
	str_addf(out, "%" PRIu64, bytes);
	if (u >= 0)
		str_addc(out, units[u]);
}

static void add_choice_word(const char *words, int index, struct str *out)
{
	struct view rest = VIEW(words);
	struct view word = VIEW_NONE;

	while (index-- >= 0 && view_next(&rest, '|', &word))
		;
	str_add(out, word);
}

static void add_default(const struct opt *o, const void *defaults, struct str *out)
{
	const char *at = (const char *)defaults + o->offset;
	const char *text;

	switch (o->kind) {
	case OPT_TEXT:
	case OPT_OUTPUT:
		memcpy(&text, at, sizeof(text));
		if (text && *text)
			str_addf(out, " (default %s)", text);
		return;
	case OPT_INT:
		str_addf(out, " (default %" PRId64 ")", *(const int64_t *)(const void *)at);
		return;
	case OPT_SIZE:
		if (!*(const uint64_t *)(const void *)at)
			return;
		str_addz(out, " (default ");
		add_size(*(const uint64_t *)(const void *)at, out);
		str_addc(out, ')');
		return;
	case OPT_CHOICE:
		if (*(const int *)(const void *)at < 0)
			return;
		str_addz(out, " (default ");
		add_choice_word(o->value, *(const int *)(const void *)at, out);
		str_addc(out, ')');
		return;
	case OPT_FLAG:
	case OPT_LIST:
	case OPT_DATE:
	case OPT_NONE: return;
	}
}

/* Wrap `text` at 79 columns, continuing at HELP_COLUMN. */
static void add_wrapped(struct view text, size_t column, struct str *out)
{
	struct view rest = text;
	struct view word;

	while (view_next(&rest, ' ', &word)) {
		if (column > HELP_COLUMN && column + 1 + word.len > 79) {
			str_addc(out, '\n');
			str_pad(out, ' ', HELP_COLUMN);
			column = HELP_COLUMN;
		} else if (column > HELP_COLUMN) {
			str_addc(out, ' ');
			column++;
		}
		str_add(out, word);
		column += word.len;
	}
	str_addc(out, '\n');
}

void opt_help(const struct opt *table, const void *defaults, struct str *out)
{
	for (const struct opt *o = table; o->kind; o++) {
		AUTO_STR struct str text = {0};
		size_t start = out->len;

		str_addz(out, "  ");
		add_form(o, out);
		if (out->len - start + 2 > HELP_COLUMN) {
			str_addc(out, '\n');
			str_pad(out, ' ', HELP_COLUMN);
		} else {
			str_pad(out, ' ', HELP_COLUMN - (out->len - start));
		}
		str_addz(&text, o->help);
		if (defaults && !o->required)
			add_default(o, defaults, &text);
		add_wrapped(str_view(&text), HELP_COLUMN, out);
	}
}

/* Damerau-Levenshtein distance (optimal string alignment); long words are far from all. */
static size_t edit_distance(const char *a, const char *b)
{
	enum { MAX_WORD = 64 };
	size_t d[3][MAX_WORD + 1];
	size_t la = strlen(a), lb = strlen(b);

	if (la > MAX_WORD || lb > MAX_WORD)
		return SIZE_MAX;
	for (size_t j = 0; j <= lb; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t *row = d[i % 3], *up = d[(i - 1) % 3], *up2 = d[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			row[j] = MIN(MIN(up[j], row[j - 1]) + 1,
			    up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = MIN(row[j], up2[j - 2] + 1);
		}
	}
	return d[la % 3][lb];
}

const char *opt_nearest(const char *typed, const char *const *words)
{
	const char *best = NULL;
	size_t best_distance = strlen(typed) / 3 + 2;

	for (; *words; words++) {
		size_t distance = edit_distance(typed, *words);

		if (distance < best_distance) {
			best_distance = distance;
			best = *words;
		}
	}
	return best;
}
