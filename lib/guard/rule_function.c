#include "guard/rule_function.h"

#include "base/embed.h"
#include "io/csv.h"

static const char *const words[RULE_KINDS] = {"number", "text", "date", "moment", "truth"};

const char *rule_kind_name(enum rule_kind kind)
{
	return words[kind];
}

static enum rule_kind kind_of(struct view word)
{
	int k = 0;

	while (k < RULE_KINDS - 1 && !view_eq(word, VIEW(words[k])))
		k++;
	return (enum rule_kind)k;
}

bool rule_function_find(struct view name, struct arena *arena, struct rule_function *ret)
{
	static const char file[] = "guard/data/rule_functions.csv";
	AUTO_CSV struct csv_reader *csv = csv_open_view(file, embed_find(file), ',');
	struct err err = {0};
	struct view rest, word;

	while (csv_next(csv, &err) > 0) {
		if (!view_eq(csv_field(csv, 0), name) || csv_line(csv) == 1)
			continue;
		*ret = (struct rule_function){.result = kind_of(csv_field(csv, 2))};
		rest = csv_field(csv, 1);
		while (view_next(&rest, ' ', &word))
			ret->arguments[ret->count++] = kind_of(word);
		ret->sql = arena_view(arena, csv_field(csv, 3));
		return true;
	}
	return false;
}
