#include "guard/knowledge.h"

#include "base/embed.h"
#include "guard/header.h"
#include "health/given_names.h"
#include "io/csv.h"

enum { KINDS_MAX = 64 };

static const char *const class_names[GUARD_CLASSES] = {
    [GUARD_CLASS_NONE] = "none",
    [GUARD_CLASS_SENSITIVE] = "sensitive",
    [GUARD_CLASS_QUASI] = "quasi",
    [GUARD_CLASS_PSEUDONYM] = "pseudonym",
    [GUARD_CLASS_DIRECT] = "direct",
};

const char *guard_class_name(enum guard_class class)
{
	return class_names[class];
}

static int bad_word(struct err *err, const char *file, struct csv_reader *r, const char *what)
{
	return err_set(err, ERR_INTERNAL, "%s:%zu: %s is not known", file, csv_line(r), what);
}

static bool find_form(struct view word, unsigned *ret)
{
	static const char *const names[] = {"code", "many", "letters", "text", "date", "birth",
	    "few", "age", "phone", "key"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (view_eq(word, VIEW(names[i]))) {
			*ret |= 1u << i;
			return true;
		}
	return false;
}

static bool find_class(struct view word, enum guard_class *ret)
{
	for (int i = 0; i < GUARD_CLASSES; i++)
		if (view_eq(word, VIEW(class_names[i]))) {
			*ret = (enum guard_class)i;
			return true;
		}
	return false;
}

static int load_kinds(struct guard_knowledge *k, struct err *err)
{
	static const char file[] = "guard/data/kinds.csv";
	static const char *const names[] = {"kind", "title", "class", "forms"};
	AUTO_CSV struct csv_reader *r = csv_open_view(file, embed_find(file), ',');
	size_t at[4];
	int rc;

	if (csv_header(r, names, 4, at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		struct view forms = csv_field(r, at[3]), form;
		struct guard_kind *kind = vec_push(&k->kinds);

		*kind = (struct guard_kind){
		    .id = arena_strdup(&k->arena, csv_field(r, at[0])),
		    .title = arena_strdup(&k->arena, csv_field(r, at[1])),
		};
		map_add(&k->kind_ids, csv_field(r, at[0]), (int64_t)k->kinds.len - 1);
		if (!find_class(csv_field(r, at[2]), &kind->class) || k->kinds.len > KINDS_MAX)
			return bad_word(err, file, r, "class");
		while (view_next(&forms, ' ', &form))
			if (form.len && !find_form(form, &kind->forms))
				return bad_word(err, file, r, "form");
	}
	return rc;
}

int guard_kind_find(const struct guard_knowledge *k, struct view id)
{
	const int64_t *kind = map_find(&k->kind_ids, id);

	return kind ? (int)*kind : GUARD_NO_KIND;
}

static bool find_detector(struct view name, enum guard_detector *ret)
{
	for (int d = 0; d < GUARD_DETECTORS; d++)
		if (view_eq(name, VIEW(guard_detector_name((enum guard_detector)d)))) {
			*ret = (enum guard_detector)d;
			return true;
		}
	*ret = GUARD_DETECTORS;
	return name.len == 0;
}

static bool read_kinds(const struct guard_knowledge *k, struct view words, struct guard_rule *rule)
{
	struct view word;

	rule->first_kind = KINDS_MAX;
	while (view_next(&words, ' ', &word)) {
		int kind = guard_kind_find(k, word);

		if (kind == GUARD_NO_KIND)
			return false;
		rule->kinds |= 1ull << kind;
		if (rule->first_kind == KINDS_MAX)
			rule->first_kind = (size_t)kind;
	}
	return rule->kinds != 0;
}

static int read_rule(struct guard_knowledge *k, struct csv_reader *r, const size_t *at,
    struct err *err)
{
	static const char file[] = "guard/data/detectors.csv";
	struct guard_rule *rule = vec_push(&k->rules);

	*rule = (struct guard_rule){.alone = -1};
	if (!csv_field(r, at[0]).len || !find_detector(csv_field(r, at[0]), &rule->detector) ||
	    !find_detector(csv_field(r, at[2]), &rule->of))
		return bad_word(err, file, r, "detector");
	if (!read_kinds(k, csv_field(r, at[1]), rule))
		return bad_word(err, file, r, "kind");
	if (!view_to_double(csv_field(r, at[3]), &rule->random) ||
	    (csv_field(r, at[4]).len && !view_to_double(csv_field(r, at[4]), &rule->alone)) ||
	    !view_to_double(csv_field(r, at[5]), &rule->labelled))
		return bad_word(err, file, r, "share");
	return 0;
}

static int load_rules(struct guard_knowledge *k, struct err *err)
{
	static const char file[] = "guard/data/detectors.csv";
	static const char *const names[] = {
	    "detector", "kinds", "of", "random", "alone", "labelled"};
	AUTO_CSV struct csv_reader *r = csv_open_view(file, embed_find(file), ',');
	size_t at[6];
	int rc;

	if (csv_header(r, names, 6, at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		if (read_rule(k, r, at, err) < 0)
			return -1;
	return rc;
}

/* Also as one word: "datenaissance". */
static void add_words(struct guard_knowledge *k, struct view words, int kind)
{
	AUTO_STR struct str folded = {0};
	AUTO_STR struct str joined = {0};

	guard_header_fold(&folded, words);
	for (size_t i = 0; i < folded.len; i++)
		if (str_get(&folded)[i] != ' ')
			str_addc(&joined, str_get(&folded)[i]);
	map_add(&k->words, str_view(&folded), kind);
	map_add(&k->words, str_view(&joined), kind);
}

static int load_words(struct guard_knowledge *k, struct err *err)
{
	static const char file[] = "guard/data/header_words.csv";
	static const char *const names[] = {"words", "kind"};
	AUTO_CSV struct csv_reader *r = csv_open_view(file, embed_find(file), ',');
	size_t at[2];
	int rc;

	if (csv_header(r, names, 2, at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		int kind = guard_kind_find(k, csv_field(r, at[1]));

		if (kind == GUARD_NO_KIND)
			return bad_word(err, file, r, "kind");
		add_words(k, csv_field(r, at[0]), kind);
	}
	return rc;
}

/* Names of one word, as guard_is_first_name looks for them. */
static void take_first_name(void *ctx, const struct given_name *name)
{
	struct guard_knowledge *k = ctx;
	AUTO_STR struct str folded = {0};

	guard_header_fold(&folded, name->name);
	if (!memchr(str_get(&folded), ' ', folded.len))
		map_add(&k->first_names, str_view(&folded), 1);
}

int guard_knowledge_load(struct guard_knowledge *k, struct err *err)
{
	*k = (struct guard_knowledge){0};
	if (load_kinds(k, err) < 0 || load_rules(k, err) < 0 || load_words(k, err) < 0 ||
	    given_names_read(take_first_name, k, err) < 0) {
		guard_knowledge_clear(k);
		return -1;
	}
	return 0;
}

void guard_knowledge_clear(struct guard_knowledge *k)
{
	vec_clear(&k->kinds);
	vec_clear(&k->rules);
	map_clear(&k->kind_ids);
	map_clear(&k->words);
	map_clear(&k->first_names);
	arena_clear(&k->arena);
}

bool guard_is_first_name(const struct guard_knowledge *k, struct view value)
{
	AUTO_STR struct str folded = {0};
	struct view rest, word;

	guard_header_fold(&folded, value);
	rest = str_view(&folded);
	return view_next(&rest, ' ', &word) && map_find(&k->first_names, word) != NULL;
}
