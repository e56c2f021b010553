#include "register/vocabulary.h"

#include "base/embed.h"
#include "base/map.h"
#include "io/json.h"
#include "search/words.h"

#include <assert.h>
#include <pthread.h>

static const char *const list_names[REGISTER_LISTS] = {
    "procedure", "status", "entity", "domain", "source", "purpose", "objective",
    "legal_basis", "result"};

struct list {
	struct register_terms terms;
	struct map codes, spellings; /* folded */
};

static struct list lists[REGISTER_LISTS];
static json_t *kept; /* what the views borrow from */
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* "Autre(s)" is "autre s". */
static void fold(struct view text, struct str *out)
{
	AUTO_SEARCH_WORDS struct search_words words = {0};
	struct view word;

	search_words_split(&words, text);
	while (search_words_next(&words, &word)) {
		if (out->len > 0)
			str_addc(out, ' ');
		str_add(out, word);
	}
}

static struct view text_of(const json_t *entry, const char *key)
{
	const json_t *value = json_object_get(entry, key);

	assert(json_is_string(value));
	return (struct view){json_string_value(value), json_string_length(value)};
}

static void add_spelling(struct list *l, struct view text, size_t term)
{
	AUTO_STR struct str folded = {0};

	fold(text, &folded);
	map_add(&l->spellings, str_view(&folded), (int64_t)term);
}

static void add_entry(struct list *l, const json_t *entry)
{
	struct register_term *t = vec_push(&l->terms.all);
	size_t i, index = l->terms.all.len - 1;
	json_t *alias;

	t->code = text_of(entry, "code");
	t->label[REGISTER_ENGLISH] = text_of(entry, "en");
	t->label[REGISTER_FRENCH] = text_of(entry, "fr");
	map_add(&l->codes, t->code, (int64_t)index);
	add_spelling(l, t->code, index);
	for (int k = 0; k < REGISTER_LANGUAGES; k++)
		add_spelling(l, t->label[k], index);
	json_array_foreach(json_object_get(entry, "alias"), i, alias)
	{
		add_spelling(l, VIEW(json_string_value(alias)), index);
	}
}

static void load(void)
{
	struct err err = {0};
	int failed = json_parse(&kept, "vocabulary.json",
	    embed_find("register/data/vocabulary.json"), &err);

	assert(failed == 0);
	(void)failed; /* a defect of the build: the tests load it */
	for (int i = 0; i < REGISTER_LISTS; i++) {
		size_t n;
		json_t *entry;

		json_array_foreach(json_object_get(kept, list_names[i]), n, entry)
		{
			add_entry(&lists[i], entry);
		}
	}
}

static const struct list *list_of(enum register_list list)
{
	pthread_once(&once, load);
	return &lists[list];
}

const struct register_terms *register_terms(enum register_list list)
{
	return &list_of(list)->terms;
}

const struct register_term *register_term_find(enum register_list list, struct view code)
{
	const struct list *l = list_of(list);
	const int64_t *i = map_find(&l->codes, code);

	return i ? &l->terms.all.ptr[*i] : NULL;
}

struct view register_label(enum register_list list, struct view code, enum register_language l)
{
	const struct register_term *t = register_term_find(list, code);

	return t ? t->label[l] : code;
}

const struct register_term *register_term_read(enum register_list list, struct view text,
    bool *ret_exact)
{
	const struct list *l = list_of(list);
	AUTO_STR struct str folded = {0};
	const struct register_term *t;
	const int64_t *i;

	fold(text, &folded);
	i = folded.len > 0 ? map_find(&l->spellings, str_view(&folded)) : NULL;
	if (!i)
		return NULL;
	t = &l->terms.all.ptr[*i];
	*ret_exact = view_eq(text, t->label[REGISTER_FRENCH]);
	return t;
}
