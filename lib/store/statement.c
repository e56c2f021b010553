#include "store/statement.h"

#include "base/embed.h"

#include <assert.h>
#include <stdio.h>

/* The section below "-- [title]", up to the next one. */
static struct view find_section(struct view text, struct view title)
{
	struct view line;
	const char *start = NULL;

	while (view_next(&text, '\n', &line)) {
		bool head = view_starts(line, VIEW_LIT("-- ["));

		if (start && head)
			return view_trim((struct view){start, (size_t)(line.ptr - start)});
		if (head && line.len == title.len + 5 && line.ptr[line.len - 1] == ']' &&
		    memcmp(line.ptr + 4, title.ptr, title.len) == 0)
			start = line.ptr + line.len;
	}
	assert(start && "a statement that no file holds");
	return view_trim((struct view){start, (size_t)(line.ptr + line.len - start)});
}

struct view store_statement(const char *name)
{
	const char *colon = strchr(name, ':');
	char file[128];

	if (*name == '=')
		return VIEW(name + 1);
	assert(colon && (size_t)(colon - name) < sizeof(file));
	snprintf(file, sizeof(file), "%.*s", (int)(colon - name), name);
	return find_section(embed_find(file), VIEW(colon + 1));
}
