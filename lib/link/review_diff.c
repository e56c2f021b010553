#include "link/review_diff.h"

#include "base/str.h"
#include "report/text.h"

#include <utf8proc.h>

void link_glyphs_clear(struct link_glyphs *g)
{
	vec_clear(&g->list);
}

static uint32_t fold(uint32_t code)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, 32,
	    (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
				UTF8PROC_CASEFOLD),
	    &boundary);

	return n > 0 ? (uint32_t)parts[0] : code;
}

/* A mark that stands on the character before it, and fits there. */
static bool join_mark(struct link_glyphs *g, struct view bytes, size_t width)
{
	struct link_glyph *last = g->list.len ? &g->list.ptr[g->list.len - 1] : NULL;
	size_t used;

	if (!last || width > 0)
		return false;
	used = strlen(last->text);
	if (used + bytes.len >= sizeof(last->text))
		return false;
	memcpy(last->text + used, bytes.ptr, bytes.len + 1);
	return true;
}

static void split(struct view v, struct link_glyphs *g)
{
	AUTO_STR struct str bytes = {0};

	g->list.len = 0;
	while (v.len) {
		struct link_glyph *glyph;
		size_t len;
		uint32_t code = report_char_first(v, &len);

		str_reset(&bytes);
		report_char_add(&bytes, report_char_is_control(code) ? 0xFFFD : code);
		v = (struct view){v.ptr + len, v.len - len};
		if (join_mark(g, str_view(&bytes), report_text_width(str_view(&bytes))))
			continue;
		glyph = vec_push(&g->list);
		memcpy(glyph->text, str_get(&bytes), bytes.len + 1);
		glyph->fold = fold(code);
		glyph->width = report_text_width(str_view(&bytes));
	}
}

static enum link_mark mark_of(const struct link_glyph *a, const struct link_glyph *b)
{
	if (a->fold != b->fold)
		return LINK_MARK_DIFFERENT;
	return strcmp(a->text, b->text) == 0 ? LINK_MARK_NONE : LINK_MARK_SPELLING;
}

static void mark_pair(struct link_glyph *a, struct link_glyph *b)
{
	a->mark = b->mark = mark_of(a, b);
}

/* common[i][j]: characters in common of a from i on and b from j on. */
static uint16_t *count_common(const struct link_glyphs *a, const struct link_glyphs *b)
{
	size_t n = a->list.len;
	size_t m = b->list.len;
	uint16_t *common = mem_zalloc((n + 1) * (m + 1), sizeof(*common));

	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			const uint16_t *below = &common[(i + 1) * (m + 1)];
			uint16_t *here = &common[i * (m + 1)];

			here[j] = a->list.ptr[i].fold == b->list.ptr[j].fold
			              ? (uint16_t)(below[j + 1] + 1)
			              : MAX(below[j], here[j + 1]);
		}
	return common;
}

static void mark_aligned(struct link_glyphs *a, struct link_glyphs *b, const uint16_t *common)
{
	size_t m = b->list.len;
	size_t i = 0;
	size_t j = 0;

	while (i < a->list.len && j < m) {
		if (a->list.ptr[i].fold == b->list.ptr[j].fold)
			mark_pair(&a->list.ptr[i++], &b->list.ptr[j++]);
		else if (common[(i + 1) * (m + 1) + j] >= common[i * (m + 1) + j + 1])
			a->list.ptr[i++].mark = LINK_MARK_DIFFERENT;
		else
			b->list.ptr[j++].mark = LINK_MARK_DIFFERENT;
	}
	while (i < a->list.len)
		a->list.ptr[i++].mark = LINK_MARK_DIFFERENT;
	while (j < m)
		b->list.ptr[j++].mark = LINK_MARK_DIFFERENT;
}

static bool mark_by_place(struct link_glyphs *a, struct link_glyphs *b, size_t most)
{
	size_t n = a->list.len;
	size_t differ = 0;

	if (n != b->list.len)
		return false;
	for (size_t i = 0; i < n; i++)
		differ += a->list.ptr[i].fold != b->list.ptr[i].fold;
	if (differ > most)
		return false;
	for (size_t i = 0; i < n; i++)
		mark_pair(&a->list.ptr[i], &b->list.ptr[i]);
	return true;
}

static enum link_alike worst(const struct link_glyphs *a, const struct link_glyphs *b)
{
	enum link_mark mark = LINK_MARK_NONE;

	for (size_t i = 0; i < a->list.len; i++)
		mark = MAX(mark, a->list.ptr[i].mark);
	for (size_t i = 0; i < b->list.len; i++)
		mark = MAX(mark, b->list.ptr[i].mark);
	return (enum link_alike)mark;
}

/* Less than half in common: no letter of the one is that of the other. */
static bool too_far(const struct link_glyphs *a, const struct link_glyphs *b, size_t common)
{
	return 2 * common < MAX(a->list.len, b->list.len);
}

static void mark_all(struct link_glyphs *g)
{
	for (size_t i = 0; i < g->list.len; i++)
		g->list.ptr[i].mark = LINK_MARK_DIFFERENT;
}

enum link_alike link_review_diff(
    struct view a, struct view b, struct link_glyphs *ret_a, struct link_glyphs *ret_b)
{
	uint16_t *common;

	split(a, ret_a);
	split(b, ret_b);
	if (a.len == 0 || b.len == 0)
		return LINK_ALIKE_MISSING;
	common = count_common(ret_a, ret_b);
	if (too_far(ret_a, ret_b, common[0])) {
		mark_all(ret_a);
		mark_all(ret_b);
	} else if (!mark_by_place(ret_a, ret_b, ret_a->list.len - common[0]))
		mark_aligned(ret_a, ret_b, common);
	free(common);
	return worst(ret_a, ret_b);
}
