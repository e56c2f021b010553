/* Loads given names, their variants, surnames and syllables. */
#include "link/synth_model.h"

#include "base/embed.h"
#include "health/given_names.h"
#include "io/csv.h"

/* Surnames of an origin: hypotheses of order, not counts. */
enum { FRENCH_RANKS = 500000,
	FOREIGN_RANKS = 20000 };

static uint32_t name_id(struct synth_model *m, struct view text)
{
	size_t known = m->name_ids.entries.len;
	uint32_t id = (uint32_t)map_intern(&m->name_ids, text);

	if (m->name_ids.entries.len > known)
		synth_word_of(m, text, &vec_push(&m->names)->word);
	return id;
}

static void take_given(void *ctx, const struct given_name *name)
{
	struct synth_model *m = ctx;
	struct synth_given *g = &m->given[name->is_woman];

	if (!name->has_births)
		return;
	*vec_push(&g->names) = name_id(m, name->name);
	for (int d = 0; d < SYNTH_DECADES; d++) {
		struct synth_ids *sums = &g->cumulative[d];
		uint32_t before = sums->len ? sums->ptr[sums->len - 1] : 0;

		*vec_push(sums) = before + name->births[d];
	}
}

static int load_given(struct synth_model *m, struct err *err)
{
	_Static_assert((int)SYNTH_DECADES == (int)GIVEN_NAME_DECADES, "the same decades");

	return given_names_read(take_given, m, err);
}

static int load_variants(struct synth_model *m, struct err *err)
{
	static const char *const columns[] = {"name", "variants"};
	AUTO_CSV struct csv_reader *csv = csv_open_view("synth_variants.csv",
	    embed_find("link/data/synth_variants.csv"), ',');
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		uint32_t id = name_id(m, csv_field(csv, at[0]));
		struct view rest = csv_field(csv, at[1]), variant;

		m->names.ptr[id].variants = (uint32_t)m->variants.len;
		while (view_next(&rest, ' ', &variant)) {
			uint32_t other = name_id(m, variant);

			*vec_push(&m->variants) = other;
			m->names.ptr[id].variant_count++;
		}
	}
	return rc;
}

/* "El_Amrani" as "El Amrani", "-" as nothing. */
static void add_word(struct synth_model *m, struct synth_words *to, struct view text)
{
	AUTO_STR struct str word = {0};

	for (size_t i = 0; i < text.len; i++)
		str_addc(&word, text.ptr[i] == '_' ? ' ' : text.ptr[i]);
	synth_word_of(m, view_eq(text, VIEW_LIT("-")) ? VIEW_LIT("") : str_view(&word),
	    vec_push(to));
}

/* The next line that is no comment. */
static bool next_line(struct view *rest, struct view *line)
{
	while (view_next(rest, '\n', line))
		if (line->len > 0 && line->ptr[0] != '#')
			return true;
	return false;
}

static struct synth_words *part_of(struct synth_group *g, struct view word)
{
	if (view_eq(word, VIEW_LIT("start")))
		return &g->start;
	if (view_eq(word, VIEW_LIT("middle")))
		return &g->middle;
	return view_eq(word, VIEW_LIT("end")) ? &g->end : NULL;
}

static void load_surnames(struct synth_model *m)
{
	struct view rest = embed_find("link/data/synth_surnames.txt"), line, word;
	uint32_t group = 0;
	struct synth_words *to = NULL;

	while (next_line(&rest, &line)) {
		struct view words = line;

		while (view_next(&words, ' ', &word)) {
			struct synth_words *part = part_of(&m->groups.ptr[group], word);

			if (view_eq(word, VIEW_LIT("group"))) {
				group = synth_group_of(m, words);
				to = &m->groups.ptr[group].surnames;
				m->groups.ptr[group].ranks = group ? FOREIGN_RANKS : FRENCH_RANKS;
				break;
			}
			if (part)
				to = part;
			else if (to)
				add_word(m, to, word);
		}
	}
}

static void load_foreign(struct synth_model *m)
{
	struct view rest = embed_find("link/data/synth_foreign.txt"), line, word;
	struct synth_ids *to = NULL;

	while (next_line(&rest, &line)) {
		struct view words = line;

		while (view_next(&words, ' ', &word)) {
			if (view_eq(word, VIEW_LIT("group")) && view_next(&words, ' ', &word)) {
				to = &m->groups.ptr[synth_group_of(m, word)]
				          .given[view_eq(words, VIEW_LIT("F"))];
				break;
			}
			if (to)
				*vec_push(to) = name_id(m, word);
		}
	}
}

int synth_load_names(struct synth_model *m, struct err *err)
{
	load_surnames(m);
	load_foreign(m);
	if (load_given(m, err) < 0 || load_variants(m, err) < 0)
		return -1;
	for (size_t i = 0; i < m->groups.len; i++) {
		const struct synth_group *g = &m->groups.ptr[i];

		if (!g->surnames.len || !g->start.len || !g->middle.len || !g->end.len)
			return err_set(err, ERR_INTERNAL, "synth_surnames.txt: group %zu", i);
	}
	return 0;
}
