#include "link/dictionary.h"

#include "base/str.h"

/* No standard text begins with it. */
static const char GONE = '\1';

static void add_packed(struct link_dictionary *d, struct view text)
{
	struct link_packed *p = vec_push(&d->packed);

	memcpy(p->text, text.ptr, MIN(text.len, (size_t)LINK_PACK));
	*vec_push(&d->sketch) = link_sketch_of(text);
}

uint32_t link_dictionary_add(struct link_dictionary *d, struct view text)
{
	int64_t index;

	if (!d->packed.len)
		add_packed(d, VIEW_LIT("")); /* value 0 */
	if (text.len == 0)
		return 0;
	index = map_intern(&d->map, text);
	if ((size_t)index + 1 == d->packed.len)
		add_packed(d, text);
	return (uint32_t)index + 1;
}

void link_dictionary_add_gone(struct link_dictionary *d)
{
	AUTO_STR struct str text = {0};

	str_addf(&text, "%c%zu", GONE, d->map.entries.len);
	(void)link_dictionary_add(d, str_view(&text));
}

bool link_dictionary_is_gone(const struct link_dictionary *d, uint32_t value)
{
	return link_dictionary_text(d, value).ptr[0] == GONE;
}

struct view link_dictionary_text(const struct link_dictionary *d, uint32_t value)
{
	return d->map.entries.ptr[value - 1].key;
}

void link_dictionary_clear(struct link_dictionary *d)
{
	map_clear(&d->map);
	vec_clear(&d->packed);
	vec_clear(&d->sketch);
}
