#include "guard/made.h"

#include "io/csv.h"

void guard_made_row(struct guard_made *m, const struct view *cells, size_t count)
{
	if (count == 1 && cells[0].len == 0)
		str_addz(&m->text, "\"\"");
	else
		for (size_t i = 0; i < count; i++)
			csv_add_field(&m->text, cells[i], i == 0);
	csv_add_end(&m->text);
}

void guard_made_blank(struct guard_made *m)
{
	csv_add_end(&m->text);
}

size_t guard_made_take(struct guard_made *m, unsigned char *ret, size_t size)
{
	size_t n = MIN(size, m->text.len - m->at);

	memcpy(ret, str_get(&m->text) + m->at, n);
	m->at += n;
	if (m->at < m->text.len)
		return n;
	str_reset(&m->text);
	m->at = 0;
	return n;
}

void guard_made_dialect(struct guard_dialect *ret, enum guard_encoding encoding)
{
	*ret = (struct guard_dialect){
	    .encoding = encoding,
	    .separator = ',',
	    .quote = '"',
	    .is_made = true,
	};
}

void guard_made_name(struct guard_dialect *d, struct view name)
{
	if (view_trim(name).len)
		name = arena_view(&d->arena, view_trim(name));
	else
		name = VIEW(arena_format(&d->arena, "column %zu", d->names.len + 1));
	*vec_push(&d->names) = name;
}
